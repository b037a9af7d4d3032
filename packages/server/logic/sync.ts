import { compareHoldings, type Stated, withPositions } from '@hongyan/core';
import { encodePush, type Holdings, type Position } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import { CatchUp, type CatchUpParts } from './catch-up.ts';
import type { Gate } from './gate.ts';
import { type HeldConversation, heldConversations } from './held-conversations.ts';
import { pushUserLog } from './user-log.ts';

export interface SyncParts extends CatchUpParts {
  /** Bounds how many devices are brought up to date at once; nobody waits in it for a device to answer. */
  gate: Gate;
}

/** The session that is brought up to date. */
export interface SyncTarget {
  /** An encoded ServerFrame with a push. */
  push(frame: Uint8Array): void;
  /** Asks the device what it holds in `buckets`. Nothing when it does not answer in time. Never rejects. */
  positionsIn(buckets: readonly number[]): Promise<readonly Position[]>;
  /** Whether nobody listens any more. */
  ended(): boolean;
}

/** Everything was said, the account's user log up to `userSeq` included. */
export interface Covered {
  userSeq: number;
}

/**
 * Brings a device up to date (SYN-1, SYN-2, SYN-5, SYN-9): pushes every difference to `target`; undefined when it ended
 * before. The caller must already be subscribed to live pushes, so that nothing falls between. Rejects with StoreError, and
 * with ProtocolError when too many of the account's devices wait.
 */
export async function synchronise(
  parts: SyncParts,
  caller: Caller,
  holdings: Holdings,
  target: SyncTarget,
): Promise<Covered | undefined> {
  const { store, gate } = parts;
  const catchUp = new CatchUp(parts, caller);
  const begun = await gate.run(caller.userId, async () => {
    if (target.ended()) return undefined;
    const userSeq = await store.userLog.lastSeq(caller.userId);
    const { stated, ...open } = compareHoldings(await heldConversations(parts, caller.userId), holdings);
    await pushUpdates(catchUp, stated, target);
    return { userSeq, ...open };
  });
  if (begun === undefined) return undefined;
  const { userSeq, wantedBuckets, unstated } = begun;
  const answered = wantedBuckets.length === 0 ? [] : await target.positionsIn(wantedBuckets);
  return gate.run(caller.userId, async () => {
    if (target.ended()) return undefined;
    await pushUpdates(catchUp, withPositions(unstated, answered), target);
    const coveredSeq = await pushUserLog(parts, caller.userId, [holdings.userSeq, userSeq], target);
    return target.ended() ? undefined : { userSeq: coveredSeq };
  });
}

async function pushUpdates(
  catchUp: CatchUp,
  conversations: readonly Stated<HeldConversation>[],
  target: SyncTarget,
): Promise<void> {
  for (const stated of conversations) {
    if (target.ended()) return;
    const value = await catchUp.update(stated);
    if (value !== undefined) target.push(encodePush({ case: 'conversationUpdate', value }));
  }
}
