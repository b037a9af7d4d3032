import type { Bus, Clock, Logger, Store } from '@hongyan/core';
import { DEFAULT_LIMITS, type Limits } from '@hongyan/protocol';
import type { SightChanged } from '@hongyan/protocol/cluster';
import { restate } from './catch-up.ts';
import { Commands } from './commands.ts';
import { differs } from './comparison.ts';
import { Conversations } from './conversations.ts';
import { Gate } from './gate.ts';
import { LastSeenWriter } from './last-seen.ts';
import type { Logic } from './logic.ts';
import { Receipts } from './receipts.ts';
import { recordedRelations } from './relations.ts';
import { type Relations, see } from './sight.ts';
import { synchronise } from './sync.ts';

export { type Answer, ask } from './ask.ts';
export type { Caller } from './caller.ts';
export type { LogicCommand, LogicCommandBody } from './commands.ts';
export { Expiry } from './expiry.ts';
export { createGroup, type GroupPreview, type NewGroup, previewGroup } from './groups.ts';
export { Indexing } from './indexing.ts';
export type { Logic } from './logic.ts';
export type { Outcome } from './outcome.ts';
export { publishPush } from './push.ts';
export { refusal } from './refusal.ts';
export type { Relations } from './sight.ts';
export type { Covered, SyncTarget } from './sync.ts';
export { isReservedHandle, SystemAccount } from './system-account.ts';

/** Devices brought up to date at once; after a restart everybody comes back together. */
const SYNCS = { runningMax: 32, waitingMax: 512 };
/** Commands that read at once: the store's queue stays short for who signs in and writes, whoever reads how much. */
const READS = { runningMax: 64, waitingMax: 1_024 };

/** Searches at once: each asks the store for one thing after another, and what else reads goes on beside them. */
const SEARCHES = { runningMax: 4, waitingMax: 16 };

/** Logic beside its store. */
export interface RunningLogic extends Logic {
  /** Resolves when all that devices stated so far is in the store (RCP-6), however long that takes. */
  kept(): Promise<void>;
  /** Writes what is written behind. */
  drain(): Promise<void>;
}

export interface LogicParts {
  store: Store;
  bus: Bus;
  clock: Clock;
  logger: Logger;
  limits?: Limits;
  /** How long moved receipts are gathered for one push. */
  receiptDelayMs?: (() => number) | undefined;
  /** Left out: what the accounts' records say. */
  relations?: Relations | undefined;
  /** What may be seen of an account has changed, for gateways. */
  onSightChanged?: ((changed: SightChanged) => void) | undefined;
}

export function createLogic(parts: LogicParts): RunningLogic {
  const { store, bus, clock, logger, limits = DEFAULT_LIMITS, receiptDelayMs } = parts;
  const { relations = recordedRelations(parts), onSightChanged = () => undefined } = parts;
  const conversations = new Conversations(store);
  const reads = new Gate(READS);
  const receipts = new Receipts({ store, bus, clock, logger, reads, receiptDelayMs }, conversations);
  const lastSeen = new LastSeenWriter({ store, clock, logger });
  const commands = new Commands({
    store,
    bus,
    clock,
    limits,
    conversations,
    receipts,
    reads,
    onSightChanged,
    searches: new Gate(SEARCHES),
  });
  const sync = { store, limits, conversations, receipts, gate: new Gate(SYNCS) };
  return {
    run: (caller, command, outcome) => commands.run(caller, command, outcome),
    synchronise: (caller, holdings, target) => synchronise(sync, caller, holdings, target),
    differs: (caller, stated) => differs(sync, caller, stated),
    restate(caller, positions) {
      for (const position of positions) {
        const conversation = conversations.byHash(position.conversationHash, caller.userId);
        if (conversation !== undefined) restate(receipts, caller, conversation, position);
      }
    },
    see: (caller, watch) => see({ store, conversations, reads, relations }, caller, watch),
    left: (userIds, seenMs) => lastSeen.left(userIds, seenMs),
    kept: () => receipts.kept(),
    async drain() {
      await Promise.all([receipts.flush(), lastSeen.flush()]);
    },
  };
}
