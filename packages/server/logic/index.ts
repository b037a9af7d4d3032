import type { Bus, Clock, Conversation, Logger, Store } from '@hongyan/core';
import type {
  AdvanceCursor,
  ConversationId,
  ConversationUpdate,
  EntryPage,
  FetchConversation,
  FetchEntries,
  FetchUserEvents,
  Hello,
  MessageSent,
  SendMessage,
  UserEventPage,
  UserId,
} from '@hongyan/protocol';
import { DEFAULT_LIMITS, type Limits } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import { Conversations } from './conversations.ts';
import { Gate } from './gate.ts';
import { fetchConversation, fetchEntries, fetchUserEvents } from './history.ts';
import { Receipts } from './receipts.ts';
import { sendMessage } from './sending.ts';
import { type SyncTarget, synchronise } from './sync.ts';

export type { Caller } from './caller.ts';
export type { SyncTarget } from './sync.ts';

/** Devices brought up to date at once; after a restart everybody comes back together. */
const SYNCS_MAX = 32;

/** Decides what commands do. Everything rejects with ProtocolError, or StoreError when the store could not do its part. */
export interface Logic {
  /** The conversation a command names, at once when it is in use. Throws or rejects when the caller may not use it. */
  open(id: ConversationId, userId: UserId): Conversation | Promise<Conversation>;
  sendMessage(caller: Caller, conversation: Conversation, command: SendMessage): Promise<MessageSent>;
  advanceCursor(caller: Caller, conversation: Conversation, command: AdvanceCursor): void | Promise<void>;
  fetchEntries(conversation: Conversation, command: FetchEntries): Promise<EntryPage>;
  fetchConversation(
    caller: Caller,
    conversation: Conversation,
    command: FetchConversation,
  ): Promise<ConversationUpdate>;
  fetchUserEvents(caller: Caller, command: FetchUserEvents): Promise<UserEventPage>;
  synchronise(caller: Caller, hello: Hello, target: SyncTarget): Promise<void>;
  /** Writes what is written behind. */
  drain(): Promise<void>;
}

export interface LogicParts {
  store: Store;
  bus: Bus;
  clock: Clock;
  logger: Logger;
  limits?: Limits;
}

export function createLogic({ store, bus, clock, logger, limits = DEFAULT_LIMITS }: LogicParts): Logic {
  const conversations = new Conversations(store);
  const receipts = new Receipts({ store, bus, clock, logger }, conversations);
  const sending = { store, bus, clock, limits };
  const syncGate = new Gate(SYNCS_MAX);
  const sync = { store, limits, conversations, receipts, now: () => clock.now() };
  return {
    open: (id, userId) => conversations.open(id, userId),
    sendMessage: (caller, conversation, command) => sendMessage(sending, caller, conversation, command),
    advanceCursor: (caller, conversation, command) => receipts.advance(caller, conversation, command),
    fetchEntries: (conversation, command) => fetchEntries(store, limits, conversation, command),
    fetchConversation: (caller, conversation, command) =>
      fetchConversation(store, limits, conversation, caller.userId, command.limit),
    fetchUserEvents: (caller, command) => fetchUserEvents(store, limits, caller.userId, command),
    synchronise: (caller, hello, target) => syncGate.run(() => synchronise(sync, caller, hello, target)),
    drain: () => receipts.flush(),
  };
}
