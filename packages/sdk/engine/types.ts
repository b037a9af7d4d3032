import type {
  Command,
  ConversationId,
  ConversationKind,
  Cursor,
  DeviceId,
  Entry,
  EntryHeader,
  EntryKind,
  Facts,
  Membership,
  RecordKey,
  RecordVersion,
  Reply,
  ServerFrame,
  UserId,
} from '@hongyan/protocol';
import type { FailureReason } from '../failures.ts';
import type {
  ConnectionState,
  Contact,
  Conversation,
  DeviceKindName,
  JoinRequest,
  Message,
  MessageState,
  Presence,
  SdkErrorCode,
  SessionEnd,
  Typist,
  Unread,
} from '../types.ts';
import type { Change } from './changes.ts';
import type { Signals, SignalsParts } from './signals.ts';
import type { TypingName } from './typing.ts';
import type { View } from './window.ts';
import type { WindowName } from './windows.ts';

// The engine's whole interface: what it is told (events), what it asks for (effects), what it keeps (records).
// It has no clock, no randomness and no I/O of its own, so the same engine runs in a browser and in the simulator.

/** The moment an event happened: the device's clock and one random number in [0, 1) for whatever the event decides. */
export interface Moment {
  nowMs: number;
  random: number;
}

/** Whose device this is. */
export interface Account {
  userId: UserId;
  deviceId: DeviceId;
}

/** One timer per name: setting it again replaces it. */
export type TimerName =
  | 'reconnect'
  | 'handshake'
  | 'heartbeat'
  | 'silence'
  | 'command'
  | 'resend'
  | 'persist'
  | 'typing'
  | 'expiry';

export type EngineEvent =
  /** Somebody is signed in on this device, from the store or just now. Connects. */
  | { type: 'signedIn'; account: Account; snapshot: EngineSnapshot }
  /** The person signed out here. Forgets everything; the shell clears the store. */
  | { type: 'signedOut' }
  /** The transport asked for by `connect` is open. The token is put into Hello, so it has to be fresh. */
  | { type: 'transportOpened'; connectionId: number; accessToken: string }
  | { type: 'framesReceived'; connectionId: number; frames: readonly ServerFrame[] }
  /** The answer to `connect` where all gateways are full (CON-11): there is a place in the line, 1 being the next. */
  | { type: 'transportPostponed'; connectionId: number; place: number; retryAfterMs: number }
  /** The transport ended or could not be opened. `code` is the WebSocket's close code, 0 when there is none. */
  | { type: 'transportClosed'; connectionId: number; code: number; reason: string; retryAfterMs: number }
  /**
   * The answers to `authenticate`; `credentialsRefused` also when `connect` finds that no token can be had, or `persist`
   * that the session is not on the store any more. `end` is the server's word why.
   */
  | { type: 'credentialsRefreshed' }
  | { type: 'credentialsRefused'; end?: SessionEnd | undefined }
  | { type: 'credentialsUnavailable' }
  | { type: 'timerFired'; name: TimerName }
  /** What the platform says of the network; a hint. */
  | { type: 'networkChanged'; online: boolean }
  | { type: 'persisted'; batchId: number }
  | { type: 'persistFailed'; batchId: number; reason: string }
  /** The answer to `readEntries`, ascending; `changes`: those that the store has of these, in any order. */
  | ({ type: 'entriesRead'; entries: readonly Entry[]; changes?: readonly Entry[] } & WindowName)
  | ({ type: 'entriesReadFailed'; reason: string } & WindowName)
  | {
      type: 'messageComposed';
      conversationId: ConversationId;
      clientMessageId: string;
      body: Uint8Array;
      header?: EntryHeader;
    }
  /** Something is to be changed in a conversation, or of a message there: by its place or, while it has none, its id. */
  | {
      type: 'changeComposed';
      conversationId: ConversationId;
      clientMessageId: string;
      kind: EntryKind;
      header?: EntryHeader;
      targetId?: string;
      body: Uint8Array;
    }
  | { type: 'messageRetried'; clientMessageId: string }
  | { type: 'messageDiscarded'; clientMessageId: string }
  /** OUT-7: whether this client is the one that sends, of those on its store. Alone, it always is. */
  | { type: 'outboxLeadership'; leads: boolean }
  /** The outbox as the store has it, after another client on the same store wrote to it. */
  | { type: 'outboxStored'; records: readonly OutboxRecord[] }
  /** What another client on the same store tells in its `shareOutbox`. */
  | { type: 'outboxShared'; change: OutboxChange }
  /** The person has seen everything that is held of the conversation. */
  | { type: 'conversationRead'; conversationId: ConversationId }
  /** The person wants to come back to the conversation. */
  | { type: 'conversationMarkedUnread'; conversationId: ConversationId }
  /** A record of the account was changed here; an empty value removes it. */
  | { type: 'recordSet'; key: RecordKey; value: Uint8Array }
  /** The person does not want to see what is in the conversation up to now; or does want it again. */
  | { type: 'conversationCleared'; conversationId: ConversationId }
  | { type: 'conversationRestored'; conversationId: ConversationId }
  /** What the application shows now (PRS-10); the newest at the end, where there is more than the server takes. */
  | { type: 'screenChanged'; screen: Screen }
  /** Whether nobody is at the device. */
  | { type: 'deviceIdle'; isIdle: boolean }
  /** What the person does in a conversation; to be told with every key, or so. */
  | { type: 'typed'; conversationId: ConversationId; name: TypingName }
  /** `placeSeq`: where it begins, if not at the end of what is held; it then has an id of its own. */
  | ({ type: 'timelineOpened'; placeSeq?: number } & WindowName)
  | ({ type: 'timelineClosed' } & WindowName)
  /** Asks for more messages in an open timeline; answered by an `olderLoaded` or `olderFailed` notice. */
  | ({ type: 'olderRequested' | 'newerRequested'; count: number; requestId: number } & WindowName)
  /** Asks the server something that changes nothing here; answered by an `answered` or `unanswered` notice. */
  | { type: 'asked'; requestId: number; question: Question };

/** What may be asked of the server by `asked`. */
export type Question = Extract<
  NonNullable<Command['body']>,
  { case: 'fetchEntries' | 'fetchChanges' | 'fetchMembers' | 'fetchReceiptCounts' | 'fetchReceivers' | 'search' }
>;

/** The accounts and conversations that are shown. */
export interface Screen {
  userIds: readonly UserId[];
  conversationIds: readonly ConversationId[];
}

/** What became of the attempt before, as far as it says where the next one goes (CON-10). */
export type Outcome =
  /** There was none, or it says nothing. */
  | 'none'
  /** It led to a connection that worked, and the session may wait there. */
  | 'lost'
  | 'failed'
  /** Whoever was there takes nobody now, or is about to stop. */
  | 'sent-away';

export type EngineEffect =
  /** Get a fresh access token, open a transport, then tell `transportOpened`; or `transportClosed` when it cannot be. */
  | { type: 'connect'; connectionId: number; last: Outcome }
  /** Close the transport; nothing more of this connection is listened to, not even its close. */
  | { type: 'disconnect'; connectionId: number; reason: string }
  /** The server did not take the access token: get a new one whatever its expiry says. */
  | { type: 'authenticate' }
  | { type: 'send'; connectionId: number; commands: readonly Command[] }
  | { type: 'setTimer'; name: TimerName; delayMs: number }
  | { type: 'clearTimer'; name: TimerName }
  /** Write the batch as a whole or not at all; there is at most one such request open. */
  | { type: 'persist'; batchId: number; batch: EngineBatch }
  /** OUT-11: keep them at once, all or none; the batch that has them too waits for another one to be written. */
  | { type: 'noteOutbox'; records: readonly OutboxRecord[] }
  /** Read up to `limit` entries below `beforeSeq`, the newest of them, and what changes them; at most one open per `windowId`. */
  | ({ type: 'readEntries'; beforeSeq: number; limit: number } & WindowName)
  /** Tell the other clients on the same store, if there are any. */
  | { type: 'shareOutbox'; change: OutboxChange }
  | { type: 'emit'; notice: EngineNotice };

export type EngineNotice =
  | { type: 'connection'; state: ConnectionState }
  /** Something about the conversation changed: its entries, cursors, outbox or window. Told once per event. */
  | { type: 'conversation'; conversationId: ConversationId }
  /** Added to the log by somebody else, or by another device of this account. */
  | { type: 'message'; message: Message }
  /** A record of the account has another value than before. */
  | { type: 'record'; key: RecordKey }
  /** A change of a record was not taken: what the server has is shown again. */
  | { type: 'recordRefused'; key: RecordKey; reason: FailureReason }
  /** A device of the account came, went or was renamed; or may have, as a part of the user log was not told event by event. */
  | { type: 'devices' }
  /** Somebody who is watched is to be shown in another way. */
  | { type: 'presence'; presence: Presence }
  /** Others type in a conversation than before. */
  | { type: 'typing'; conversationId: ConversationId }
  | { type: 'sent'; conversationId: ConversationId; clientMessageId: string; seq: number }
  | { type: 'olderLoaded'; requestId: number }
  | { type: 'olderFailed'; requestId: number; code: SdkErrorCode; reason: string }
  | { type: 'answered'; requestId: number; answer: NonNullable<Reply['body']> }
  | { type: 'unanswered'; requestId: number; code: SdkErrorCode; reason: string; said?: FailureReason }
  /** A change that was shown already was not taken; it is not shown any more. */
  | { type: 'changeFailed'; change: OutboxRecord; reason: FailureReason }
  | { type: 'error'; code: SdkErrorCode; reason: string }
  /** The session of this device is over: the shell forgets it. */
  | { type: 'sessionEnded'; end: SessionEnd | undefined };

/** What the store gives at start. */
export interface EngineSnapshot {
  userSeq: number;
  conversations: readonly ConversationRecord[];
  outbox: readonly OutboxRecord[];
  records: readonly HeldRecord[];
}

/** SYN-6: entries, the positions that claim them, and the outbox they settle, in one write. */
export interface EngineBatch {
  /** Each entry's conversation is in `conversations` too. */
  entries: readonly Entry[];
  /** MSG-21: messages whose bodies go, with those of their edits, from `entries` too; their conversations are in `conversations`. */
  erased: readonly { conversationId: ConversationId; seq: number }[];
  conversations: readonly ConversationRecord[];
  outboxPut: readonly OutboxRecord[];
  /** Client message ids. */
  outboxRemove: readonly string[];
  records: readonly HeldRecord[];
  /** How far the user log is held; 0 when that has not changed. */
  userSeq: number;
}

/** What a device keeps of a conversation beside its entries. */
export interface ConversationRecord {
  conversationId: ConversationId;
  kind: ConversationKind;
  /** Grows when the local log was dropped for the server's (SYN-7); a store then erases the entries it has. */
  generation: number;
  /** The run of entries in the store, without a gap; `toSeq` is 0 when there is none. */
  fromSeq: number;
  toSeq: number;
  cursors: readonly Cursor[];
  lastEntry: Entry | undefined;
  /** CON-7: the latest client time of one's own entries; absent when an earlier version wrote the record. */
  ownTimeMs?: number;
  unread: UnreadRecord;
  /** As `unread`, of the messages that mention the account. */
  mentions?: UnreadRecord;
  /** What lies before the entries known one by one was counted for another read position, and is asked for again. */
  needsRecount?: boolean;
  /** The last line; absent when none is held. */
  shown?: ShownEntry | undefined;
  /** Absent when an earlier version wrote the record: then `lastEntry` is the last line. */
  facts?: Facts;
  membership?: Membership | undefined;
  /** Nothing before it may be read or kept. */
  firstSeq?: number;
  /** MSG-23. */
  timed?: readonly TimedMessage[];
}

/** The last line of a conversation as people are shown it, with what changed it since. */
export interface ShownEntry {
  entry: Entry;
  change?: Pick<Change, 'edit' | 'recall'> | undefined;
}

/** A message with a lifetime that this device holds, or an edit of one. */
export interface TimedMessage {
  seq: number;
  /** Of an edit: the message. */
  targetSeq?: number;
  lifetimeMs: number;
  mine: boolean;
  /** When it is over, by the server's clock; undefined while its recipient is not known to have read it. */
  dueMs: number | undefined;
}

/** Others' entries after one's own read position: those known one by one, and how many the server counted before them. */
export interface UnreadRecord {
  /** Ascending seqs of others' entries, all of them at or above `fromSeq`. */
  seqs: readonly number[];
  fromSeq: number;
  /** Others' entries in (own read position, fromSeq), as the server counted. */
  before: number;
}

/** A message that is not known to be in the log. */
export interface OutboxRecord {
  clientMessageId: string;
  conversationId: ConversationId;
  /** OUT-9: who wrote it; absent when an earlier version did, then it is of the account that is signed in. */
  senderId?: UserId;
  /** Ascending in the order of sending: that of writing, and a failed message comes last when it is tried again. */
  position: number;
  clientTimeMs: number;
  body: Uint8Array;
  /** Absent: a message. */
  kind?: EntryKind;
  header?: EntryHeader;
  /** The message that it changes, while that one has no place in the log: then `header` names it. */
  targetId?: string;
  /** Why the server refused it, or `no-answer`; undefined while it is on its way. */
  failure: string | undefined;
  /** The person tried it again: a try before that may be in the log, with a client time of its own. */
  retried?: true;
}

/** What happened to a message of the outbox and cannot be read from the store. */
export type OutboxChange =
  | { type: 'accepted'; conversationId: ConversationId; clientMessageId: string; seq: number; serverTimeMs: number }
  | { type: 'discarded'; clientMessageId: string }
  /** A change was refused, so it is not shown any more. */
  | { type: 'refused'; clientMessageId: string; reason: FailureReason };

/** A record of the account on this device. */
export interface HeldRecord {
  key: string;
  /** As the server is known to have it; undefined when nothing was heard of it. */
  confirmed: RecordVersion | undefined;
  /** Changed here later than that, and not known to be at the server. */
  pending: RecordVersion | undefined;
}

export interface EngineOptions {
  /** Name and version of the program, for the server's logs. */
  clientName: string;
  /** What others are told of the device; left out: nothing. */
  deviceKind?: DeviceKindName;
  /** Left out, the device says and hears nothing of who is there and who types. */
  signals?: ((parts: SignalsParts) => Signals) | undefined;
}

/** `class Engine` (engine.ts): `new Engine(options)`. Every call happens at once and gives what has to be done, in order. */
export interface EnginePort extends EngineQueries {
  handle(event: EngineEvent, at: Moment): EngineEffect[];
}

/** One's own message: by its id while it is in the outbox, by its place once it has one. */
export interface MessageName {
  conversationId: ConversationId;
  clientMessageId: string;
  seq: number | undefined;
}

/** What the engine answers when asked; none of it changes anything. */
export interface EngineQueries {
  connection(): ConnectionState;
  /** Those on top first, then by what was said last; the same array until something changed. */
  conversations(): readonly Conversation[];
  /** In all conversations together. */
  unread(): Unread;
  /** The open window onto a conversation, at its end or with an id of its own; undefined when it is not open. */
  timeline(conversationId: ConversationId, windowId?: string): View | undefined;
  /** The state of one's own message: in the outbox by its id, in the log by its place. Undefined when neither knows it. */
  messageState(message: MessageName): MessageState | undefined;
  /** A record of the account as the person is shown it; undefined when there is none. */
  record(key: RecordKey): Uint8Array | undefined;
  /** Those of whom the account's records say something; the same array until something changed. */
  contacts(): readonly Contact[];
  contact(userId: UserId): Contact | undefined;
  /** The same array until something changed. */
  joinRequests(): readonly JoinRequest[];
  /** Of somebody who is watched; undefined until it is known. */
  presence(userId: UserId): Presence | undefined;
  /** Who types in a conversation that is watched, who began first at the front; the same array until it changed. */
  typists(conversationId: ConversationId): readonly Typist[];
  /** In the order of sending. */
  outbox(): readonly (OutboxRecord & { state: MessageState })[];
  /** How far the device holds a conversation, and how far that is known to be in the store. */
  position(conversationId: ConversationId): HeldPosition | undefined;
}

export interface HeldPosition {
  fromSeq: number;
  toSeq: number;
  durableToSeq: number;
  /** Nothing before it may be read. */
  firstSeq: number;
  /** The end of the server's log, as far as anything said so. */
  lastSeq: number;
  readSeq: number;
  /** The last entry that changed what the conversation is, its members included. */
  factsSeq: number;
  /** Of all members, where that is told; another array when one moved. */
  cursors: readonly Cursor[];
}
