import type { Bus, Clock, Conversation, Logger, Store } from '@hongyan/core';
import type {
  AdvanceCursor,
  ConversationId,
  ConversationUpdate,
  EntryPage,
  FetchConversation,
  FetchEntries,
  FetchUserEvents,
  Holdings,
  MessageSent,
  Ping,
  Position,
  SendMessage,
  SetRecord,
  UserEventPage,
  UserId,
} from '@hongyan/protocol';
import { DEFAULT_LIMITS, type Limits } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import { restate } from './catch-up.ts';
import { differs } from './comparison.ts';
import { Conversations } from './conversations.ts';
import { Gate, type IsWanted } from './gate.ts';
import { fetchConversation, fetchEntries, fetchUserEvents } from './history.ts';
import { Receipts } from './receipts.ts';
import { setRecord } from './records.ts';
import { sendMessage } from './sending.ts';
import { type Covered, type SyncTarget, synchronise } from './sync.ts';

export type { Caller } from './caller.ts';
export type { Covered, SyncTarget } from './sync.ts';

/** Devices brought up to date at once; after a restart everybody comes back together. */
const SYNCS = { runningMax: 32, waitingMax: 512 };
/** Commands that read at once: the store's queue stays short for who signs in and writes, whoever reads how much. */
const READS = { runningMax: 64, waitingMax: 1_024 };

/** Decides what commands do. Everything rejects with ProtocolError, or StoreError when the store could not do its part. */
export interface Logic {
  /** The conversation a command names, at once when it is in use. Throws or rejects when the caller may not use it. */
  open(id: ConversationId, userId: UserId): Conversation | Promise<Conversation>;
  sendMessage(caller: Caller, conversation: Conversation, command: SendMessage): Promise<MessageSent>;
  advanceCursor(caller: Caller, conversation: Conversation, command: AdvanceCursor): void | Promise<void>;
  /** This and the other fetches wait for their account's turn (LOD-8), and are not begun when nobody wants them any more. */
  fetchEntries(
    caller: Caller,
    conversation: Conversation,
    command: FetchEntries,
    isWanted: IsWanted,
  ): Promise<EntryPage>;
  fetchConversation(
    caller: Caller,
    conversation: Conversation,
    command: FetchConversation,
    isWanted: IsWanted,
  ): Promise<ConversationUpdate>;
  fetchUserEvents(caller: Caller, command: FetchUserEvents, isWanted: IsWanted): Promise<UserEventPage>;
  setRecord(caller: Caller, command: SetRecord): Promise<void>;
  /** Pushes everything that differs from `holdings` to `target`; undefined when it ended before. */
  synchronise(caller: Caller, holdings: Holdings, target: SyncTarget): Promise<Covered | undefined>;
  /** Whether the device holds anything but what the account has; a hint. */
  differs(caller: Caller, stated: Pick<Ping, 'userSeq' | 'digest'>): Promise<boolean>;
  /** Takes again what a device holds and its person read, as far as the conversations are in use: reads nothing (RCP-6). */
  restate(caller: Caller, positions: readonly Position[]): void;
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
}

export function createLogic({ store, bus, clock, logger, limits = DEFAULT_LIMITS, receiptDelayMs }: LogicParts): Logic {
  const conversations = new Conversations(store);
  const reads = new Gate(READS);
  const receipts = new Receipts({ store, bus, clock, logger, reads, receiptDelayMs }, conversations);
  const sending = { store, bus, clock, limits, reads };
  const sync = { store, limits, conversations, receipts, gate: new Gate(SYNCS) };
  return {
    open: (id, userId) => conversations.open(id, userId),
    sendMessage: (caller, conversation, command) => sendMessage(sending, caller, conversation, command),
    advanceCursor: (caller, conversation, command) => receipts.advance(caller, conversation, command),
    fetchEntries: ({ userId }, conversation, command, isWanted) =>
      reads.run(userId, () => fetchEntries(store, limits, conversation, command), isWanted),
    fetchConversation: ({ userId }, conversation, { limit }, isWanted) =>
      reads.run(userId, () => fetchConversation(store, limits, conversation, userId, limit), isWanted),
    fetchUserEvents: ({ userId }, command, isWanted) =>
      reads.run(userId, () => fetchUserEvents(store, limits, userId, command), isWanted),
    setRecord: (caller, command) => setRecord({ ...sending, conversations }, caller, command),
    synchronise: (caller, holdings, target) => synchronise(sync, caller, holdings, target),
    differs: (caller, stated) => differs(sync, caller, stated),
    restate(caller, positions) {
      for (const position of positions) {
        const conversation = conversations.byHash(position.conversationHash, caller.userId);
        if (conversation !== undefined) restate(receipts, caller, conversation, position);
      }
    },
    drain: () => receipts.flush(),
  };
}
