// Generated from spec/hongyan/v1 by `npm run generate`. Do not edit.
import type { Reader, Writer } from 'protobufjs/minimal.js';
import { bytes, endOf, safeInteger, skip, text } from '../wire.ts';

/** Of the schema's text: a change of the schema changes it. */
export const SCHEMA_HASH = 'b0151a3b39e6297b';

export const ConversationKind = {
  UNSPECIFIED: 0,
  /** two accounts; the id follows from the pair */
  DIRECT: 1,
  /** one account's notes to its own devices */
  SELF: 2,
  /** any accounts; the first entry says who */
  GROUP: 3,
} as const;
export type ConversationKind = (typeof ConversationKind)[keyof typeof ConversationKind];

export const EntryKind = {
  UNSPECIFIED: 0,
  /** body is an encoded Content */
  MESSAGE: 1,
  /** the first entry of a group; body is an encoded GroupCreated */
  GROUP_CREATED: 2,
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

/** Why a command was refused. The range tells the client what to do: 100-199 the command is wrong and will stay wrong (do not retry), 200-299 the account or device may not do it (do not retry until something changed), 300-399 the server cannot do it now (retry, not before retry_after_ms). */
export const ErrorCode = {
  UNSPECIFIED: 0,
  /** the frame is not a Command of this schema */
  MALFORMED: 100,
  /** the command's kind is not known to this server */
  UNKNOWN_COMMAND: 101,
  /** not allowed in the session's present state */
  OUT_OF_TURN: 102,
  /** a field is longer, larger or more than Limits allows */
  LIMIT_EXCEEDED: 103,
  /** a field has a value that can never be right */
  INVALID_ARGUMENT: 104,
  /** no common protocol version */
  UNSUPPORTED_VERSION: 105,
  /** the access token is missing, forged or expired */
  UNAUTHENTICATED: 200,
  /** not a member, or not allowed to */
  FORBIDDEN: 201,
  /** there is no such conversation or account */
  NOT_FOUND: 202,
  /** a part of the server is away or stopping */
  UNAVAILABLE: 300,
  /** a queue is full */
  OVERLOADED: 301,
  /** this device asks too much */
  RATE_LIMITED: 302,
  /** it took too long; the outcome is unknown */
  DEADLINE_EXCEEDED: 303,
  /** the server failed; the outcome is unknown */
  INTERNAL: 304,
} as const;
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** Why a connection ends. WebSocket uses it as its close code, TCP sends it in Closing only. 4000-4099 come back at once, 4100-4199 come back after retry_after_ms, 4200-4299 sign in again, 4300-4399 stop: coming back cannot help. */
export const CloseCode = {
  UNSPECIFIED: 0,
  /** the node is draining */
  GOING_AWAY: 4000,
  /** nothing was heard for too long */
  HEARTBEAT_TIMEOUT: 4001,
  /** the send queue overflowed; resume from your position */
  SLOW_READER: 4002,
  /** the node admits nobody now */
  OVERLOADED: 4100,
  /** Hello did not come in time */
  HANDSHAKE_TIMEOUT: 4101,
  /** the node could not prepare the session */
  UNAVAILABLE: 4102,
  /** the access token is missing, forged or expired */
  UNAUTHENTICATED: 4200,
  /** the device was signed out */
  SESSION_REVOKED: 4201,
  /** bytes that are no frame */
  MALFORMED: 4300,
  /** a frame beyond Limits.frame_bytes_max */
  FRAME_TOO_LARGE: 4301,
  /** no common protocol version */
  UNSUPPORTED_VERSION: 4302,
  /** the first command was not Hello */
  OUT_OF_TURN: 4303,
  /** errors or commands far beyond what a client sends */
  RATE_EXCEEDED: 4304,
} as const;
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** What runs on a device, as far as others are told. */
export const DeviceKind = {
  UNSPECIFIED: 0,
  WEB: 1,
  DESKTOP: 2,
  PHONE: 3,
  TABLET: 4,
} as const;
export type DeviceKind = (typeof DeviceKind)[keyof typeof DeviceKind];

/** How somebody is to be shown. */
export const PresenceState = {
  UNSPECIFIED: 0,
  /** or not to be seen: nobody can tell the difference */
  OFFLINE: 1,
  ONLINE: 2,
  /** chosen, or nobody is at any of the devices */
  AWAY: 3,
  /** chosen */
  DO_NOT_DISTURB: 4,
} as const;
export type PresenceState = (typeof PresenceState)[keyof typeof PresenceState];

export const TypingKind = {
  UNSPECIFIED: 0,
  TYPING: 1,
  RECORDING: 2,
  STOPPED: 3,
} as const;
export type TypingKind = (typeof TypingKind)[keyof typeof TypingKind];

/** What both sides may use beyond version 1's core. A server ignores those it does not know. */
export const Feature = {
  UNSPECIFIED: 0,
  /** pushes Receipt */
  RECEIPTS: 1,
  /** Watch, and what is pushed for it */
  PRESENCE: 8,
} as const;
export type Feature = (typeof Feature)[keyof typeof Feature];

/** What people say: the body of an entry of kind MESSAGE. Read by clients, by the server only where it must (search, previews, push text). */
export interface Content {
  kind:
    | { case: 'text'; value: Text }
    | undefined;
}

export interface Text {
  /** Unicode, Markdown is for the reader to render */
  text: string;
}

/** One line of a conversation's log. (conversation_id, seq) names it for ever. */
export interface Entry {
  conversationId: string;
  /** contiguous from 1 */
  seq: number;
  kind: EntryKind;
  senderId: string;
  /** the sender's own name for it, unique per sender */
  clientMessageId: string;
  /** when the sender wrote it, by the sender's clock */
  clientTimeMs: number;
  /** when it was appended, by the server's clock */
  serverTimeMs: number;
  /** opaque to the server's core */
  body: Uint8Array;
}

/** What a group is when it begins. Its members are those who have a cursor in its state. */
export interface GroupCreated {
  name: string;
}

/** How far one member is. Both only move forward; delivered_seq >= read_seq. */
export interface Cursor {
  userId: string;
  /** a device of the member holds all up to here */
  deliveredSeq: number;
  /** the person has opened all up to here */
  readSeq: number;
}

/** What a device has to know of a conversation beside its entries. */
export interface ConversationState {
  conversationId: string;
  kind: ConversationKind;
  lastSeq: number;
  /** one per member */
  cursors: Cursor[];
  /** others' entries in (own read_seq, last_seq], counted up to Limits.unread_count_max */
  unreadCount: number;
}

/** Client to server. Each is answered by one Reply with the same id; id 0 asks for no answer and is allowed for AdvanceCursor and Typing only. */
export interface Command {
  id: number;
  body:
    | { case: 'hello'; value: Hello }
    | { case: 'ping'; value: Ping }
    | { case: 'sendMessage'; value: SendMessage }
    | { case: 'advanceCursor'; value: AdvanceCursor }
    | { case: 'fetchEntries'; value: FetchEntries }
    | { case: 'fetchConversation'; value: FetchConversation }
    | { case: 'fetchUserEvents'; value: FetchUserEvents }
    | { case: 'statePositions'; value: StatePositions }
    | { case: 'synchronise'; value: Synchronise }
    | { case: 'setRecord'; value: SetRecord }
    | { case: 'watch'; value: Watch }
    | { case: 'stateDevice'; value: StateDevice }
    | { case: 'typing'; value: Typing }
    | undefined;
}

/** Server to client. */
export interface ServerFrame {
  frame:
    | { case: 'reply'; value: Reply }
    | { case: 'push'; value: Push }
    | undefined;
}

export interface Reply {
  id: number;
  body:
    | { case: 'error'; value: Error }
    | { case: 'done'; value: Done }
    | { case: 'welcome'; value: Welcome }
    | { case: 'pong'; value: Pong }
    | { case: 'messageSent'; value: MessageSent }
    | { case: 'entryPage'; value: EntryPage }
    | { case: 'conversationUpdate'; value: ConversationUpdate }
    | { case: 'userEventPage'; value: UserEventPage }
    | undefined;
}

/** The command was carried out; there is nothing to say about it. */
export type Done = Record<string, never>;

export interface Push {
  body:
    | { case: 'entry'; value: Entry }
    | { case: 'receipt'; value: Receipt }
    | { case: 'conversationUpdate'; value: ConversationUpdate }
    | { case: 'userEvent'; value: UserEvent }
    | { case: 'synced'; value: Synced }
    | { case: 'closing'; value: Closing }
    | { case: 'positionsWanted'; value: PositionsWanted }
    | { case: 'records'; value: Records }
    | { case: 'comparisonWanted'; value: ComparisonWanted }
    | { case: 'receipts'; value: Receipts }
    | { case: 'presenceChanged'; value: PresenceChanged }
    | { case: 'typingChanged'; value: TypingChanged }
    | undefined;
}

export interface Error {
  code: ErrorCode;
  /** for developers, in English; never shown as it is */
  message: string;
  /** 0: no advice */
  retryAfterMs: number;
}

/** Appends a message. Repeating it with the same client_message_id gives the first one's answer. */
export interface SendMessage {
  conversationId: string;
  clientMessageId: string;
  clientTimeMs: number;
  body: Uint8Array;
}

/** The message is committed to stable storage. */
export interface MessageSent {
  conversationId: string;
  seq: number;
  serverTimeMs: number;
}

/** Reads the log: entries with seq in (after_seq, before_seq), at most `limit`. Without before_seq (0) oldest first from after_seq; with before_seq the newest page below it. The answer is in ascending order either way. */
export interface FetchEntries {
  conversationId: string;
  afterSeq: number;
  beforeSeq: number;
  limit: number;
}

export interface EntryPage {
  conversationId: string;
  entries: Entry[];
  /** of the whole log, so that the reader knows what is left */
  lastSeq: number;
}

/** All that is on this session's screen now, in place of what was stated before. Answered by Done once what is known of it was pushed; who is not named in those pushes is offline. Needs FEATURE_PRESENCE; lasts as long as the connection. */
export interface Watch {
  /** at most Limits.watched_users_max */
  userIds: string[];
  /** at most Limits.watched_conversations_max */
  conversationIds: string[];
}

/** What this session's device is, and whether somebody is at it. Until it is said, somebody is at one of no kind; lasts as long as the connection. */
export interface StateDevice {
  kind: DeviceKind;
  isIdle: boolean;
}

/** In a conversation that the session watches, to be said again while it lasts. */
export interface Typing {
  conversationId: string;
  kind: TypingKind;
}

/** Watched accounts that have changed. Not counted by a session (SES-11). */
export interface PresenceChanged {
  presences: Presence[];
}

export interface Presence {
  userId: string;
  state: PresenceState;
  /** one for each kind that is connected */
  devices: DevicePresence[];
  /** only of who is offline, rounded; 0: not known, or not to be known */
  lastSeenMs: number;
}

export interface DevicePresence {
  kind: DeviceKind;
  isIdle: boolean;
}

/** Who types in a watched conversation. Each ends by itself some seconds after it was said last. Not counted by a session. */
export interface TypingChanged {
  conversationId: string;
  typists: Typist[];
}

export interface Typist {
  userId: string;
  kind: TypingKind;
}

/** States how far this device holds a conversation and how far the person has read it. 0 leaves a position as it is; a lower one than before changes nothing. */
export interface AdvanceCursor {
  conversationId: string;
  deliveredSeq: number;
  readSeq: number;
}

/** A member's cursor moved. */
export interface Receipt {
  conversationId: string;
  userId: string;
  deliveredSeq: number;
  readSeq: number;
}

/** Cursors of several members of a group moved. */
export interface Receipts {
  conversationId: string;
  cursors: Cursor[];
}

/** A value that an account keeps alike on all its devices. Of two changes of one key the later one stays, by changed_at_ms and then by the bytes of the value; so repeating a change, or hearing of it late, does no harm. */
export interface AccountRecord {
  /** `draft/…`, `cleared/…` or `unread/<conversation>`, `setting/<name>` */
  key: string;
  /** by the server's clock, as the device estimates it */
  changedAtMs: number;
  /** an encoded Draft, Cleared, MarkedUnread or Setting; empty: there is none (any more) */
  value: Uint8Array;
}

/** Changes one record. Answered by Done, also when a later change is there already. */
export interface SetRecord {
  record: AccountRecord | undefined;
}

/** Pushed before Synced to a device that is far behind: the records that changed since its position in the user log. */
export interface Records {
  records: AccountRecord[];
}

/** What was written in a conversation and not sent. */
export interface Draft {
  text: string;
}

/** The account does not want to see a conversation's entries up to here; others still do. */
export interface Cleared {
  throughSeq: number;
  /** The account's read position then, and how many entries by others after it were cleared. */
  readSeq: number;
  unreadCount: number;
}

/** The account wants to come back to a conversation whose entries it has read up to here. */
export interface MarkedUnread {
  throughSeq: number;
}

export interface Setting {
  value: string;
}

/** The first command of every connection: who, and what it holds already. */
export interface Hello {
  protocolVersion: number;
  features: Feature[];
  accessToken: string;
  /** name and version of the program, for logs */
  client: string;
  holdings: Holdings | undefined;
  /** the session to go on with, if there was one */
  resume: Resume | undefined;
}

/** Names a session whose connection was cut, and how much of it arrived. */
export interface Resume {
  sessionId: string;
  /** pushes of this session, over all its connections, without Closing */
  pushesReceived: number;
}

export interface Welcome {
  protocolVersion: number;
  /** those agreed */
  features: Feature[];
  sessionId: string;
  userId: string;
  deviceId: string;
  serverTimeMs: number;
  limits: Limits | undefined;
  /** the session goes on: its missing pushes follow, then Synced */
  resumed: boolean;
}

/** What this server accepts. A client that stays inside is never refused for size or pace. */
export interface Limits {
  frameBytesMax: number;
  bodyBytesMax: number;
  clientMessageIdBytesMax: number;
  positionsMax: number;
  pageEntriesMax: number;
  commandsInFlightMax: number;
  unreadCountMax: number;
  /** send something at least this often, unless Ping announced another interval */
  heartbeatIntervalMs: number;
  /** the longest interval that Ping may announce */
  heartbeatIntervalMaxMs: number;
  recordKeyBytesMax: number;
  recordValueBytesMax: number;
  /** in Watch */
  watchedUsersMax: number;
  watchedConversationsMax: number;
}

/** A sign of life. What it says beyond that is optional. */
export interface Ping {
  /** something will be said again within this time; 0: within heartbeat_interval_ms */
  nextWithinMs: number;
  /** whether the server shall compare what follows */
  compare: boolean;
  userSeq: number;
  /** over all conversations the device holds (see Holdings) */
  digest: number;
}

export interface Pong {
  serverTimeMs: number;
  /** to be brought up to date by Synchronise */
  differs: boolean;
}

/** Pushes, or what the device stated, may be lost: it is to compare what it holds (Ping.compare). */
export interface ComparisonWanted {
  /** at a random time within this */
  withinMs: number;
}

/** The last thing on a connection; says what to do next (see CloseCode). */
export interface Closing {
  code: CloseCode;
  reason: string;
  retryAfterMs: number;
}

/** What a device holds, stated compactly: a few conversations one by one, all others as sums. */
export interface Holdings {
  /** the user log up to here; 0: nothing */
  userSeq: number;
  positions: Position[];
  /** the others fall into 2^digest_bits buckets, by the highest bits of conversation_hash */
  digestBits: number;
  /** four bytes a bucket, big endian: the sum of its positions' digests modulo 2^32; empty: there are no others */
  digests: Uint8Array;
}

/** What a device holds of one conversation. */
export interface Position {
  /** 48 bits of the conversation's id (see SYN-8) */
  conversationHash: number;
  /** it holds the newest entries up to here without a gap */
  seq: number;
  /** the person's own read position, as this device knows it */
  readSeq: number;
  /** sum of all delivered_seq and read_seq it knows: as cursors only grow, it differs exactly when one moved */
  cursorSum: number;
}

/** Buckets of Holdings that differ from what the server has; answered by StatePositions. */
export interface PositionsWanted {
  /** ascending */
  buckets: number[];
}

/** The positions of all conversations in the wanted buckets. */
export interface StatePositions {
  positions: Position[];
}

/** Brings a live session up to date again, as Hello does: differences are pushed, then Synced, then Done is answered. */
export interface Synchronise {
  holdings: Holdings | undefined;
}

/** One conversation that differs from what the device stated. */
export interface ConversationUpdate {
  state: ConversationState | undefined;
  /** ascending: what follows the stated position if that is one page, else the newest page */
  entries: Entry[];
}

/** All differences have been pushed; what comes now is live. */
export interface Synced {
  /** the account's user log up to here is covered */
  userSeq: number;
  serverTimeMs: number;
}

/** One line of the account's own log, which keeps its devices alike. */
export interface UserEvent {
  /** contiguous from 1 */
  seq: number;
  timeMs: number;
  event:
    | { case: 'conversationJoined'; value: ConversationJoined }
    | { case: 'readMoved'; value: ReadMoved }
    | { case: 'deviceAdded'; value: DeviceAdded }
    | { case: 'recordChanged'; value: AccountRecord }
    | undefined;
}

export interface ConversationJoined {
  conversationId: string;
}

export interface ReadMoved {
  conversationId: string;
  readSeq: number;
}

export interface DeviceAdded {
  deviceId: string;
  name: string;
}

/** Reads the user log: events with seq > after_seq, oldest first. */
export interface FetchUserEvents {
  afterSeq: number;
  limit: number;
}

export interface UserEventPage {
  events: UserEvent[];
  lastSeq: number;
}

/** Asks for the state of one conversation, and its newest entries up to `limit`. */
export interface FetchConversation {
  conversationId: string;
  limit: number;
}

export function writeContent(message: Content, writer: Writer): Writer {
  switch (message.kind?.case) {
    case 'text':
      writeText(message.kind.value, writer.uint32(10).fork()).ldelim();
      break;
  }
  return writer;
}

export function writeText(message: Text, writer: Writer): Writer {
  if (message.text) writer.uint32(10).string(message.text);
  return writer;
}

export function writeEntry(message: Entry, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.seq) writer.uint32(16).uint64(message.seq);
  if (message.kind) writer.uint32(24).uint32(message.kind);
  if (message.senderId) writer.uint32(34).string(message.senderId);
  if (message.clientMessageId) writer.uint32(42).string(message.clientMessageId);
  if (message.clientTimeMs) writer.uint32(48).uint64(message.clientTimeMs);
  if (message.serverTimeMs) writer.uint32(56).uint64(message.serverTimeMs);
  if (message.body.length > 0) writer.uint32(66).bytes(message.body);
  return writer;
}

export function writeGroupCreated(message: GroupCreated, writer: Writer): Writer {
  if (message.name) writer.uint32(10).string(message.name);
  return writer;
}

export function writeCursor(message: Cursor, writer: Writer): Writer {
  if (message.userId) writer.uint32(10).string(message.userId);
  if (message.deliveredSeq) writer.uint32(16).uint64(message.deliveredSeq);
  if (message.readSeq) writer.uint32(24).uint64(message.readSeq);
  return writer;
}

export function writeConversationState(message: ConversationState, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.kind) writer.uint32(16).uint32(message.kind);
  if (message.lastSeq) writer.uint32(24).uint64(message.lastSeq);
  for (const item of message.cursors) writeCursor(item, writer.uint32(34).fork()).ldelim();
  if (message.unreadCount) writer.uint32(40).uint64(message.unreadCount);
  return writer;
}

export function writeCommand(message: Command, writer: Writer): Writer {
  if (message.id) writer.uint32(8).uint32(message.id);
  switch (message.body?.case) {
    case 'hello':
      writeHello(message.body.value, writer.uint32(18).fork()).ldelim();
      break;
    case 'ping':
      writePing(message.body.value, writer.uint32(26).fork()).ldelim();
      break;
    case 'sendMessage':
      writeSendMessage(message.body.value, writer.uint32(34).fork()).ldelim();
      break;
    case 'advanceCursor':
      writeAdvanceCursor(message.body.value, writer.uint32(42).fork()).ldelim();
      break;
    case 'fetchEntries':
      writeFetchEntries(message.body.value, writer.uint32(50).fork()).ldelim();
      break;
    case 'fetchConversation':
      writeFetchConversation(message.body.value, writer.uint32(58).fork()).ldelim();
      break;
    case 'fetchUserEvents':
      writeFetchUserEvents(message.body.value, writer.uint32(66).fork()).ldelim();
      break;
    case 'statePositions':
      writeStatePositions(message.body.value, writer.uint32(74).fork()).ldelim();
      break;
    case 'synchronise':
      writeSynchronise(message.body.value, writer.uint32(82).fork()).ldelim();
      break;
    case 'setRecord':
      writeSetRecord(message.body.value, writer.uint32(90).fork()).ldelim();
      break;
    case 'watch':
      writeWatch(message.body.value, writer.uint32(322).fork()).ldelim();
      break;
    case 'stateDevice':
      writeStateDevice(message.body.value, writer.uint32(330).fork()).ldelim();
      break;
    case 'typing':
      writeTyping(message.body.value, writer.uint32(338).fork()).ldelim();
      break;
  }
  return writer;
}

export function writeServerFrame(message: ServerFrame, writer: Writer): Writer {
  switch (message.frame?.case) {
    case 'reply':
      writeReply(message.frame.value, writer.uint32(10).fork()).ldelim();
      break;
    case 'push':
      writePush(message.frame.value, writer.uint32(18).fork()).ldelim();
      break;
  }
  return writer;
}

export function writeReply(message: Reply, writer: Writer): Writer {
  if (message.id) writer.uint32(8).uint32(message.id);
  switch (message.body?.case) {
    case 'error':
      writeError(message.body.value, writer.uint32(18).fork()).ldelim();
      break;
    case 'done':
      writeDone(message.body.value, writer.uint32(26).fork()).ldelim();
      break;
    case 'welcome':
      writeWelcome(message.body.value, writer.uint32(34).fork()).ldelim();
      break;
    case 'pong':
      writePong(message.body.value, writer.uint32(42).fork()).ldelim();
      break;
    case 'messageSent':
      writeMessageSent(message.body.value, writer.uint32(50).fork()).ldelim();
      break;
    case 'entryPage':
      writeEntryPage(message.body.value, writer.uint32(58).fork()).ldelim();
      break;
    case 'conversationUpdate':
      writeConversationUpdate(message.body.value, writer.uint32(66).fork()).ldelim();
      break;
    case 'userEventPage':
      writeUserEventPage(message.body.value, writer.uint32(74).fork()).ldelim();
      break;
  }
  return writer;
}

export function writeDone(_message: Done, writer: Writer): Writer {

  return writer;
}

export function writePush(message: Push, writer: Writer): Writer {
  switch (message.body?.case) {
    case 'entry':
      writeEntry(message.body.value, writer.uint32(10).fork()).ldelim();
      break;
    case 'receipt':
      writeReceipt(message.body.value, writer.uint32(18).fork()).ldelim();
      break;
    case 'conversationUpdate':
      writeConversationUpdate(message.body.value, writer.uint32(26).fork()).ldelim();
      break;
    case 'userEvent':
      writeUserEvent(message.body.value, writer.uint32(34).fork()).ldelim();
      break;
    case 'synced':
      writeSynced(message.body.value, writer.uint32(42).fork()).ldelim();
      break;
    case 'closing':
      writeClosing(message.body.value, writer.uint32(50).fork()).ldelim();
      break;
    case 'positionsWanted':
      writePositionsWanted(message.body.value, writer.uint32(58).fork()).ldelim();
      break;
    case 'records':
      writeRecords(message.body.value, writer.uint32(66).fork()).ldelim();
      break;
    case 'comparisonWanted':
      writeComparisonWanted(message.body.value, writer.uint32(74).fork()).ldelim();
      break;
    case 'receipts':
      writeReceipts(message.body.value, writer.uint32(82).fork()).ldelim();
      break;
    case 'presenceChanged':
      writePresenceChanged(message.body.value, writer.uint32(322).fork()).ldelim();
      break;
    case 'typingChanged':
      writeTypingChanged(message.body.value, writer.uint32(330).fork()).ldelim();
      break;
  }
  return writer;
}

export function writeError(message: Error, writer: Writer): Writer {
  if (message.code) writer.uint32(8).uint32(message.code);
  if (message.message) writer.uint32(18).string(message.message);
  if (message.retryAfterMs) writer.uint32(24).uint32(message.retryAfterMs);
  return writer;
}

export function writeSendMessage(message: SendMessage, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.clientMessageId) writer.uint32(18).string(message.clientMessageId);
  if (message.clientTimeMs) writer.uint32(24).uint64(message.clientTimeMs);
  if (message.body.length > 0) writer.uint32(34).bytes(message.body);
  return writer;
}

export function writeMessageSent(message: MessageSent, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.seq) writer.uint32(16).uint64(message.seq);
  if (message.serverTimeMs) writer.uint32(24).uint64(message.serverTimeMs);
  return writer;
}

export function writeFetchEntries(message: FetchEntries, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.afterSeq) writer.uint32(16).uint64(message.afterSeq);
  if (message.beforeSeq) writer.uint32(24).uint64(message.beforeSeq);
  if (message.limit) writer.uint32(32).uint32(message.limit);
  return writer;
}

export function writeEntryPage(message: EntryPage, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  for (const item of message.entries) writeEntry(item, writer.uint32(18).fork()).ldelim();
  if (message.lastSeq) writer.uint32(24).uint64(message.lastSeq);
  return writer;
}

export function writeWatch(message: Watch, writer: Writer): Writer {
  for (const item of message.userIds) writer.uint32(10).string(item);
  for (const item of message.conversationIds) writer.uint32(18).string(item);
  return writer;
}

export function writeStateDevice(message: StateDevice, writer: Writer): Writer {
  if (message.kind) writer.uint32(8).uint32(message.kind);
  if (message.isIdle) writer.uint32(16).bool(message.isIdle);
  return writer;
}

export function writeTyping(message: Typing, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.kind) writer.uint32(16).uint32(message.kind);
  return writer;
}

export function writePresenceChanged(message: PresenceChanged, writer: Writer): Writer {
  for (const item of message.presences) writePresence(item, writer.uint32(10).fork()).ldelim();
  return writer;
}

export function writePresence(message: Presence, writer: Writer): Writer {
  if (message.userId) writer.uint32(10).string(message.userId);
  if (message.state) writer.uint32(16).uint32(message.state);
  for (const item of message.devices) writeDevicePresence(item, writer.uint32(26).fork()).ldelim();
  if (message.lastSeenMs) writer.uint32(32).uint64(message.lastSeenMs);
  return writer;
}

export function writeDevicePresence(message: DevicePresence, writer: Writer): Writer {
  if (message.kind) writer.uint32(8).uint32(message.kind);
  if (message.isIdle) writer.uint32(16).bool(message.isIdle);
  return writer;
}

export function writeTypingChanged(message: TypingChanged, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  for (const item of message.typists) writeTypist(item, writer.uint32(18).fork()).ldelim();
  return writer;
}

export function writeTypist(message: Typist, writer: Writer): Writer {
  if (message.userId) writer.uint32(10).string(message.userId);
  if (message.kind) writer.uint32(16).uint32(message.kind);
  return writer;
}

export function writeAdvanceCursor(message: AdvanceCursor, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.deliveredSeq) writer.uint32(16).uint64(message.deliveredSeq);
  if (message.readSeq) writer.uint32(24).uint64(message.readSeq);
  return writer;
}

export function writeReceipt(message: Receipt, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.userId) writer.uint32(18).string(message.userId);
  if (message.deliveredSeq) writer.uint32(24).uint64(message.deliveredSeq);
  if (message.readSeq) writer.uint32(32).uint64(message.readSeq);
  return writer;
}

export function writeReceipts(message: Receipts, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  for (const item of message.cursors) writeCursor(item, writer.uint32(18).fork()).ldelim();
  return writer;
}

export function writeAccountRecord(message: AccountRecord, writer: Writer): Writer {
  if (message.key) writer.uint32(10).string(message.key);
  if (message.changedAtMs) writer.uint32(16).uint64(message.changedAtMs);
  if (message.value.length > 0) writer.uint32(26).bytes(message.value);
  return writer;
}

export function writeSetRecord(message: SetRecord, writer: Writer): Writer {
  if (message.record !== undefined) writeAccountRecord(message.record, writer.uint32(10).fork()).ldelim();
  return writer;
}

export function writeRecords(message: Records, writer: Writer): Writer {
  for (const item of message.records) writeAccountRecord(item, writer.uint32(10).fork()).ldelim();
  return writer;
}

export function writeDraft(message: Draft, writer: Writer): Writer {
  if (message.text) writer.uint32(10).string(message.text);
  return writer;
}

export function writeCleared(message: Cleared, writer: Writer): Writer {
  if (message.throughSeq) writer.uint32(8).uint64(message.throughSeq);
  if (message.readSeq) writer.uint32(16).uint64(message.readSeq);
  if (message.unreadCount) writer.uint32(24).uint32(message.unreadCount);
  return writer;
}

export function writeMarkedUnread(message: MarkedUnread, writer: Writer): Writer {
  if (message.throughSeq) writer.uint32(8).uint64(message.throughSeq);
  return writer;
}

export function writeSetting(message: Setting, writer: Writer): Writer {
  if (message.value) writer.uint32(10).string(message.value);
  return writer;
}

export function writeHello(message: Hello, writer: Writer): Writer {
  if (message.protocolVersion) writer.uint32(8).uint32(message.protocolVersion);
  if (message.features.length > 0) {
    writer.uint32(18).fork();
    for (const item of message.features) writer.uint32(item);
    writer.ldelim();
  }
  if (message.accessToken) writer.uint32(26).string(message.accessToken);
  if (message.client) writer.uint32(34).string(message.client);
  if (message.holdings !== undefined) writeHoldings(message.holdings, writer.uint32(42).fork()).ldelim();
  if (message.resume !== undefined) writeResume(message.resume, writer.uint32(50).fork()).ldelim();
  return writer;
}

export function writeResume(message: Resume, writer: Writer): Writer {
  if (message.sessionId) writer.uint32(10).string(message.sessionId);
  if (message.pushesReceived) writer.uint32(16).uint64(message.pushesReceived);
  return writer;
}

export function writeWelcome(message: Welcome, writer: Writer): Writer {
  if (message.protocolVersion) writer.uint32(8).uint32(message.protocolVersion);
  if (message.features.length > 0) {
    writer.uint32(18).fork();
    for (const item of message.features) writer.uint32(item);
    writer.ldelim();
  }
  if (message.sessionId) writer.uint32(26).string(message.sessionId);
  if (message.userId) writer.uint32(34).string(message.userId);
  if (message.deviceId) writer.uint32(42).string(message.deviceId);
  if (message.serverTimeMs) writer.uint32(48).uint64(message.serverTimeMs);
  if (message.limits !== undefined) writeLimits(message.limits, writer.uint32(58).fork()).ldelim();
  if (message.resumed) writer.uint32(64).bool(message.resumed);
  return writer;
}

export function writeLimits(message: Limits, writer: Writer): Writer {
  if (message.frameBytesMax) writer.uint32(8).uint32(message.frameBytesMax);
  if (message.bodyBytesMax) writer.uint32(16).uint32(message.bodyBytesMax);
  if (message.clientMessageIdBytesMax) writer.uint32(24).uint32(message.clientMessageIdBytesMax);
  if (message.positionsMax) writer.uint32(32).uint32(message.positionsMax);
  if (message.pageEntriesMax) writer.uint32(40).uint32(message.pageEntriesMax);
  if (message.commandsInFlightMax) writer.uint32(48).uint32(message.commandsInFlightMax);
  if (message.unreadCountMax) writer.uint32(56).uint32(message.unreadCountMax);
  if (message.heartbeatIntervalMs) writer.uint32(64).uint32(message.heartbeatIntervalMs);
  if (message.heartbeatIntervalMaxMs) writer.uint32(72).uint32(message.heartbeatIntervalMaxMs);
  if (message.recordKeyBytesMax) writer.uint32(80).uint32(message.recordKeyBytesMax);
  if (message.recordValueBytesMax) writer.uint32(88).uint32(message.recordValueBytesMax);
  if (message.watchedUsersMax) writer.uint32(320).uint32(message.watchedUsersMax);
  if (message.watchedConversationsMax) writer.uint32(328).uint32(message.watchedConversationsMax);
  return writer;
}

export function writePing(message: Ping, writer: Writer): Writer {
  if (message.nextWithinMs) writer.uint32(8).uint32(message.nextWithinMs);
  if (message.compare) writer.uint32(16).bool(message.compare);
  if (message.userSeq) writer.uint32(24).uint64(message.userSeq);
  if (message.digest) writer.uint32(32).uint32(message.digest);
  return writer;
}

export function writePong(message: Pong, writer: Writer): Writer {
  if (message.serverTimeMs) writer.uint32(8).uint64(message.serverTimeMs);
  if (message.differs) writer.uint32(16).bool(message.differs);
  return writer;
}

export function writeComparisonWanted(message: ComparisonWanted, writer: Writer): Writer {
  if (message.withinMs) writer.uint32(8).uint32(message.withinMs);
  return writer;
}

export function writeClosing(message: Closing, writer: Writer): Writer {
  if (message.code) writer.uint32(8).uint32(message.code);
  if (message.reason) writer.uint32(18).string(message.reason);
  if (message.retryAfterMs) writer.uint32(24).uint32(message.retryAfterMs);
  return writer;
}

export function writeHoldings(message: Holdings, writer: Writer): Writer {
  if (message.userSeq) writer.uint32(8).uint64(message.userSeq);
  for (const item of message.positions) writePosition(item, writer.uint32(18).fork()).ldelim();
  if (message.digestBits) writer.uint32(24).uint32(message.digestBits);
  if (message.digests.length > 0) writer.uint32(34).bytes(message.digests);
  return writer;
}

export function writePosition(message: Position, writer: Writer): Writer {
  if (message.conversationHash) writer.uint32(8).uint64(message.conversationHash);
  if (message.seq) writer.uint32(16).uint64(message.seq);
  if (message.readSeq) writer.uint32(24).uint64(message.readSeq);
  if (message.cursorSum) writer.uint32(32).uint64(message.cursorSum);
  return writer;
}

export function writePositionsWanted(message: PositionsWanted, writer: Writer): Writer {
  if (message.buckets.length > 0) {
    writer.uint32(10).fork();
    for (const item of message.buckets) writer.uint32(item);
    writer.ldelim();
  }
  return writer;
}

export function writeStatePositions(message: StatePositions, writer: Writer): Writer {
  for (const item of message.positions) writePosition(item, writer.uint32(10).fork()).ldelim();
  return writer;
}

export function writeSynchronise(message: Synchronise, writer: Writer): Writer {
  if (message.holdings !== undefined) writeHoldings(message.holdings, writer.uint32(10).fork()).ldelim();
  return writer;
}

export function writeConversationUpdate(message: ConversationUpdate, writer: Writer): Writer {
  if (message.state !== undefined) writeConversationState(message.state, writer.uint32(10).fork()).ldelim();
  for (const item of message.entries) writeEntry(item, writer.uint32(18).fork()).ldelim();
  return writer;
}

export function writeSynced(message: Synced, writer: Writer): Writer {
  if (message.userSeq) writer.uint32(8).uint64(message.userSeq);
  if (message.serverTimeMs) writer.uint32(16).uint64(message.serverTimeMs);
  return writer;
}

export function writeUserEvent(message: UserEvent, writer: Writer): Writer {
  if (message.seq) writer.uint32(8).uint64(message.seq);
  if (message.timeMs) writer.uint32(16).uint64(message.timeMs);
  switch (message.event?.case) {
    case 'conversationJoined':
      writeConversationJoined(message.event.value, writer.uint32(26).fork()).ldelim();
      break;
    case 'readMoved':
      writeReadMoved(message.event.value, writer.uint32(34).fork()).ldelim();
      break;
    case 'deviceAdded':
      writeDeviceAdded(message.event.value, writer.uint32(42).fork()).ldelim();
      break;
    case 'recordChanged':
      writeAccountRecord(message.event.value, writer.uint32(50).fork()).ldelim();
      break;
  }
  return writer;
}

export function writeConversationJoined(message: ConversationJoined, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  return writer;
}

export function writeReadMoved(message: ReadMoved, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.readSeq) writer.uint32(16).uint64(message.readSeq);
  return writer;
}

export function writeDeviceAdded(message: DeviceAdded, writer: Writer): Writer {
  if (message.deviceId) writer.uint32(10).string(message.deviceId);
  if (message.name) writer.uint32(18).string(message.name);
  return writer;
}

export function writeFetchUserEvents(message: FetchUserEvents, writer: Writer): Writer {
  if (message.afterSeq) writer.uint32(8).uint64(message.afterSeq);
  if (message.limit) writer.uint32(16).uint32(message.limit);
  return writer;
}

export function writeUserEventPage(message: UserEventPage, writer: Writer): Writer {
  for (const item of message.events) writeUserEvent(item, writer.uint32(10).fork()).ldelim();
  if (message.lastSeq) writer.uint32(16).uint64(message.lastSeq);
  return writer;
}

export function writeFetchConversation(message: FetchConversation, writer: Writer): Writer {
  if (message.conversationId) writer.uint32(10).string(message.conversationId);
  if (message.limit) writer.uint32(16).uint32(message.limit);
  return writer;
}

export function readContent(reader: Reader, end: number): Content {
  const message: Content = {
    kind: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.kind = { case: 'text', value: readText(reader, endOf(reader)) };
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readText(reader: Reader, end: number): Text {
  const message: Text = {
    text: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.text = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readEntry(reader: Reader, end: number): Entry {
  const message: Entry = {
    conversationId: '',
    seq: 0,
    kind: 0,
    senderId: '',
    clientMessageId: '',
    clientTimeMs: 0,
    serverTimeMs: 0,
    body: new Uint8Array(0),
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 16:
        message.seq = safeInteger(reader);
        break;
      case 24:
        message.kind = reader.uint32() as EntryKind;
        break;
      case 34:
        message.senderId = text(reader);
        break;
      case 42:
        message.clientMessageId = text(reader);
        break;
      case 48:
        message.clientTimeMs = safeInteger(reader);
        break;
      case 56:
        message.serverTimeMs = safeInteger(reader);
        break;
      case 66:
        message.body = bytes(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readGroupCreated(reader: Reader, end: number): GroupCreated {
  const message: GroupCreated = {
    name: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.name = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readCursor(reader: Reader, end: number): Cursor {
  const message: Cursor = {
    userId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userId = text(reader);
        break;
      case 16:
        message.deliveredSeq = safeInteger(reader);
        break;
      case 24:
        message.readSeq = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readConversationState(reader: Reader, end: number): ConversationState {
  const message: ConversationState = {
    conversationId: '',
    kind: 0,
    lastSeq: 0,
    cursors: [],
    unreadCount: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 16:
        message.kind = reader.uint32() as ConversationKind;
        break;
      case 24:
        message.lastSeq = safeInteger(reader);
        break;
      case 34:
        message.cursors.push(readCursor(reader, endOf(reader)));
        break;
      case 40:
        message.unreadCount = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readCommand(reader: Reader, end: number): Command {
  const message: Command = {
    id: 0,
    body: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.id = reader.uint32();
        break;
      case 18:
        message.body = { case: 'hello', value: readHello(reader, endOf(reader)) };
        break;
      case 26:
        message.body = { case: 'ping', value: readPing(reader, endOf(reader)) };
        break;
      case 34:
        message.body = { case: 'sendMessage', value: readSendMessage(reader, endOf(reader)) };
        break;
      case 42:
        message.body = { case: 'advanceCursor', value: readAdvanceCursor(reader, endOf(reader)) };
        break;
      case 50:
        message.body = { case: 'fetchEntries', value: readFetchEntries(reader, endOf(reader)) };
        break;
      case 58:
        message.body = { case: 'fetchConversation', value: readFetchConversation(reader, endOf(reader)) };
        break;
      case 66:
        message.body = { case: 'fetchUserEvents', value: readFetchUserEvents(reader, endOf(reader)) };
        break;
      case 74:
        message.body = { case: 'statePositions', value: readStatePositions(reader, endOf(reader)) };
        break;
      case 82:
        message.body = { case: 'synchronise', value: readSynchronise(reader, endOf(reader)) };
        break;
      case 90:
        message.body = { case: 'setRecord', value: readSetRecord(reader, endOf(reader)) };
        break;
      case 322:
        message.body = { case: 'watch', value: readWatch(reader, endOf(reader)) };
        break;
      case 330:
        message.body = { case: 'stateDevice', value: readStateDevice(reader, endOf(reader)) };
        break;
      case 338:
        message.body = { case: 'typing', value: readTyping(reader, endOf(reader)) };
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readServerFrame(reader: Reader, end: number): ServerFrame {
  const message: ServerFrame = {
    frame: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.frame = { case: 'reply', value: readReply(reader, endOf(reader)) };
        break;
      case 18:
        message.frame = { case: 'push', value: readPush(reader, endOf(reader)) };
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readReply(reader: Reader, end: number): Reply {
  const message: Reply = {
    id: 0,
    body: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.id = reader.uint32();
        break;
      case 18:
        message.body = { case: 'error', value: readError(reader, endOf(reader)) };
        break;
      case 26:
        message.body = { case: 'done', value: readDone(reader, endOf(reader)) };
        break;
      case 34:
        message.body = { case: 'welcome', value: readWelcome(reader, endOf(reader)) };
        break;
      case 42:
        message.body = { case: 'pong', value: readPong(reader, endOf(reader)) };
        break;
      case 50:
        message.body = { case: 'messageSent', value: readMessageSent(reader, endOf(reader)) };
        break;
      case 58:
        message.body = { case: 'entryPage', value: readEntryPage(reader, endOf(reader)) };
        break;
      case 66:
        message.body = { case: 'conversationUpdate', value: readConversationUpdate(reader, endOf(reader)) };
        break;
      case 74:
        message.body = { case: 'userEventPage', value: readUserEventPage(reader, endOf(reader)) };
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readDone(reader: Reader, end: number): Done {
  const message: Done = {

  };
  while (reader.pos < end) {
    skip(reader, reader.uint32());
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPush(reader: Reader, end: number): Push {
  const message: Push = {
    body: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.body = { case: 'entry', value: readEntry(reader, endOf(reader)) };
        break;
      case 18:
        message.body = { case: 'receipt', value: readReceipt(reader, endOf(reader)) };
        break;
      case 26:
        message.body = { case: 'conversationUpdate', value: readConversationUpdate(reader, endOf(reader)) };
        break;
      case 34:
        message.body = { case: 'userEvent', value: readUserEvent(reader, endOf(reader)) };
        break;
      case 42:
        message.body = { case: 'synced', value: readSynced(reader, endOf(reader)) };
        break;
      case 50:
        message.body = { case: 'closing', value: readClosing(reader, endOf(reader)) };
        break;
      case 58:
        message.body = { case: 'positionsWanted', value: readPositionsWanted(reader, endOf(reader)) };
        break;
      case 66:
        message.body = { case: 'records', value: readRecords(reader, endOf(reader)) };
        break;
      case 74:
        message.body = { case: 'comparisonWanted', value: readComparisonWanted(reader, endOf(reader)) };
        break;
      case 82:
        message.body = { case: 'receipts', value: readReceipts(reader, endOf(reader)) };
        break;
      case 322:
        message.body = { case: 'presenceChanged', value: readPresenceChanged(reader, endOf(reader)) };
        break;
      case 330:
        message.body = { case: 'typingChanged', value: readTypingChanged(reader, endOf(reader)) };
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readError(reader: Reader, end: number): Error {
  const message: Error = {
    code: 0,
    message: '',
    retryAfterMs: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.code = reader.uint32() as ErrorCode;
        break;
      case 18:
        message.message = text(reader);
        break;
      case 24:
        message.retryAfterMs = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSendMessage(reader: Reader, end: number): SendMessage {
  const message: SendMessage = {
    conversationId: '',
    clientMessageId: '',
    clientTimeMs: 0,
    body: new Uint8Array(0),
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 18:
        message.clientMessageId = text(reader);
        break;
      case 24:
        message.clientTimeMs = safeInteger(reader);
        break;
      case 34:
        message.body = bytes(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readMessageSent(reader: Reader, end: number): MessageSent {
  const message: MessageSent = {
    conversationId: '',
    seq: 0,
    serverTimeMs: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 16:
        message.seq = safeInteger(reader);
        break;
      case 24:
        message.serverTimeMs = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readFetchEntries(reader: Reader, end: number): FetchEntries {
  const message: FetchEntries = {
    conversationId: '',
    afterSeq: 0,
    beforeSeq: 0,
    limit: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 16:
        message.afterSeq = safeInteger(reader);
        break;
      case 24:
        message.beforeSeq = safeInteger(reader);
        break;
      case 32:
        message.limit = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readEntryPage(reader: Reader, end: number): EntryPage {
  const message: EntryPage = {
    conversationId: '',
    entries: [],
    lastSeq: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 18:
        message.entries.push(readEntry(reader, endOf(reader)));
        break;
      case 24:
        message.lastSeq = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readWatch(reader: Reader, end: number): Watch {
  const message: Watch = {
    userIds: [],
    conversationIds: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userIds.push(text(reader));
        break;
      case 18:
        message.conversationIds.push(text(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readStateDevice(reader: Reader, end: number): StateDevice {
  const message: StateDevice = {
    kind: 0,
    isIdle: false,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.kind = reader.uint32() as DeviceKind;
        break;
      case 16:
        message.isIdle = reader.bool();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readTyping(reader: Reader, end: number): Typing {
  const message: Typing = {
    conversationId: '',
    kind: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 16:
        message.kind = reader.uint32() as TypingKind;
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPresenceChanged(reader: Reader, end: number): PresenceChanged {
  const message: PresenceChanged = {
    presences: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.presences.push(readPresence(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPresence(reader: Reader, end: number): Presence {
  const message: Presence = {
    userId: '',
    state: 0,
    devices: [],
    lastSeenMs: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userId = text(reader);
        break;
      case 16:
        message.state = reader.uint32() as PresenceState;
        break;
      case 26:
        message.devices.push(readDevicePresence(reader, endOf(reader)));
        break;
      case 32:
        message.lastSeenMs = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readDevicePresence(reader: Reader, end: number): DevicePresence {
  const message: DevicePresence = {
    kind: 0,
    isIdle: false,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.kind = reader.uint32() as DeviceKind;
        break;
      case 16:
        message.isIdle = reader.bool();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readTypingChanged(reader: Reader, end: number): TypingChanged {
  const message: TypingChanged = {
    conversationId: '',
    typists: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 18:
        message.typists.push(readTypist(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readTypist(reader: Reader, end: number): Typist {
  const message: Typist = {
    userId: '',
    kind: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.userId = text(reader);
        break;
      case 16:
        message.kind = reader.uint32() as TypingKind;
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readAdvanceCursor(reader: Reader, end: number): AdvanceCursor {
  const message: AdvanceCursor = {
    conversationId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 16:
        message.deliveredSeq = safeInteger(reader);
        break;
      case 24:
        message.readSeq = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readReceipt(reader: Reader, end: number): Receipt {
  const message: Receipt = {
    conversationId: '',
    userId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 18:
        message.userId = text(reader);
        break;
      case 24:
        message.deliveredSeq = safeInteger(reader);
        break;
      case 32:
        message.readSeq = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readReceipts(reader: Reader, end: number): Receipts {
  const message: Receipts = {
    conversationId: '',
    cursors: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 18:
        message.cursors.push(readCursor(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readAccountRecord(reader: Reader, end: number): AccountRecord {
  const message: AccountRecord = {
    key: '',
    changedAtMs: 0,
    value: new Uint8Array(0),
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.key = text(reader);
        break;
      case 16:
        message.changedAtMs = safeInteger(reader);
        break;
      case 26:
        message.value = bytes(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSetRecord(reader: Reader, end: number): SetRecord {
  const message: SetRecord = {
    record: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.record = readAccountRecord(reader, endOf(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readRecords(reader: Reader, end: number): Records {
  const message: Records = {
    records: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.records.push(readAccountRecord(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readDraft(reader: Reader, end: number): Draft {
  const message: Draft = {
    text: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.text = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readCleared(reader: Reader, end: number): Cleared {
  const message: Cleared = {
    throughSeq: 0,
    readSeq: 0,
    unreadCount: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.throughSeq = safeInteger(reader);
        break;
      case 16:
        message.readSeq = safeInteger(reader);
        break;
      case 24:
        message.unreadCount = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readMarkedUnread(reader: Reader, end: number): MarkedUnread {
  const message: MarkedUnread = {
    throughSeq: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.throughSeq = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSetting(reader: Reader, end: number): Setting {
  const message: Setting = {
    value: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.value = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readHello(reader: Reader, end: number): Hello {
  const message: Hello = {
    protocolVersion: 0,
    features: [],
    accessToken: '',
    client: '',
    holdings: undefined,
    resume: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.protocolVersion = reader.uint32();
        break;
      case 16:
        message.features.push(reader.uint32() as Feature);
        break;
      case 18: {
        const packedEnd = endOf(reader);
        while (reader.pos < packedEnd) message.features.push(reader.uint32() as Feature);
        break;
      }
      case 26:
        message.accessToken = text(reader);
        break;
      case 34:
        message.client = text(reader);
        break;
      case 42:
        message.holdings = readHoldings(reader, endOf(reader));
        break;
      case 50:
        message.resume = readResume(reader, endOf(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readResume(reader: Reader, end: number): Resume {
  const message: Resume = {
    sessionId: '',
    pushesReceived: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.sessionId = text(reader);
        break;
      case 16:
        message.pushesReceived = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readWelcome(reader: Reader, end: number): Welcome {
  const message: Welcome = {
    protocolVersion: 0,
    features: [],
    sessionId: '',
    userId: '',
    deviceId: '',
    serverTimeMs: 0,
    limits: undefined,
    resumed: false,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.protocolVersion = reader.uint32();
        break;
      case 16:
        message.features.push(reader.uint32() as Feature);
        break;
      case 18: {
        const packedEnd = endOf(reader);
        while (reader.pos < packedEnd) message.features.push(reader.uint32() as Feature);
        break;
      }
      case 26:
        message.sessionId = text(reader);
        break;
      case 34:
        message.userId = text(reader);
        break;
      case 42:
        message.deviceId = text(reader);
        break;
      case 48:
        message.serverTimeMs = safeInteger(reader);
        break;
      case 58:
        message.limits = readLimits(reader, endOf(reader));
        break;
      case 64:
        message.resumed = reader.bool();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readLimits(reader: Reader, end: number): Limits {
  const message: Limits = {
    frameBytesMax: 0,
    bodyBytesMax: 0,
    clientMessageIdBytesMax: 0,
    positionsMax: 0,
    pageEntriesMax: 0,
    commandsInFlightMax: 0,
    unreadCountMax: 0,
    heartbeatIntervalMs: 0,
    heartbeatIntervalMaxMs: 0,
    recordKeyBytesMax: 0,
    recordValueBytesMax: 0,
    watchedUsersMax: 0,
    watchedConversationsMax: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.frameBytesMax = reader.uint32();
        break;
      case 16:
        message.bodyBytesMax = reader.uint32();
        break;
      case 24:
        message.clientMessageIdBytesMax = reader.uint32();
        break;
      case 32:
        message.positionsMax = reader.uint32();
        break;
      case 40:
        message.pageEntriesMax = reader.uint32();
        break;
      case 48:
        message.commandsInFlightMax = reader.uint32();
        break;
      case 56:
        message.unreadCountMax = reader.uint32();
        break;
      case 64:
        message.heartbeatIntervalMs = reader.uint32();
        break;
      case 72:
        message.heartbeatIntervalMaxMs = reader.uint32();
        break;
      case 80:
        message.recordKeyBytesMax = reader.uint32();
        break;
      case 88:
        message.recordValueBytesMax = reader.uint32();
        break;
      case 320:
        message.watchedUsersMax = reader.uint32();
        break;
      case 328:
        message.watchedConversationsMax = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPing(reader: Reader, end: number): Ping {
  const message: Ping = {
    nextWithinMs: 0,
    compare: false,
    userSeq: 0,
    digest: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.nextWithinMs = reader.uint32();
        break;
      case 16:
        message.compare = reader.bool();
        break;
      case 24:
        message.userSeq = safeInteger(reader);
        break;
      case 32:
        message.digest = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPong(reader: Reader, end: number): Pong {
  const message: Pong = {
    serverTimeMs: 0,
    differs: false,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.serverTimeMs = safeInteger(reader);
        break;
      case 16:
        message.differs = reader.bool();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readComparisonWanted(reader: Reader, end: number): ComparisonWanted {
  const message: ComparisonWanted = {
    withinMs: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.withinMs = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readClosing(reader: Reader, end: number): Closing {
  const message: Closing = {
    code: 0,
    reason: '',
    retryAfterMs: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.code = reader.uint32() as CloseCode;
        break;
      case 18:
        message.reason = text(reader);
        break;
      case 24:
        message.retryAfterMs = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readHoldings(reader: Reader, end: number): Holdings {
  const message: Holdings = {
    userSeq: 0,
    positions: [],
    digestBits: 0,
    digests: new Uint8Array(0),
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.userSeq = safeInteger(reader);
        break;
      case 18:
        message.positions.push(readPosition(reader, endOf(reader)));
        break;
      case 24:
        message.digestBits = reader.uint32();
        break;
      case 34:
        message.digests = bytes(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPosition(reader: Reader, end: number): Position {
  const message: Position = {
    conversationHash: 0,
    seq: 0,
    readSeq: 0,
    cursorSum: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.conversationHash = safeInteger(reader);
        break;
      case 16:
        message.seq = safeInteger(reader);
        break;
      case 24:
        message.readSeq = safeInteger(reader);
        break;
      case 32:
        message.cursorSum = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readPositionsWanted(reader: Reader, end: number): PositionsWanted {
  const message: PositionsWanted = {
    buckets: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.buckets.push(reader.uint32());
        break;
      case 10: {
        const packedEnd = endOf(reader);
        while (reader.pos < packedEnd) message.buckets.push(reader.uint32());
        break;
      }
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readStatePositions(reader: Reader, end: number): StatePositions {
  const message: StatePositions = {
    positions: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.positions.push(readPosition(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSynchronise(reader: Reader, end: number): Synchronise {
  const message: Synchronise = {
    holdings: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.holdings = readHoldings(reader, endOf(reader));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readConversationUpdate(reader: Reader, end: number): ConversationUpdate {
  const message: ConversationUpdate = {
    state: undefined,
    entries: [],
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.state = readConversationState(reader, endOf(reader));
        break;
      case 18:
        message.entries.push(readEntry(reader, endOf(reader)));
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readSynced(reader: Reader, end: number): Synced {
  const message: Synced = {
    userSeq: 0,
    serverTimeMs: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.userSeq = safeInteger(reader);
        break;
      case 16:
        message.serverTimeMs = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readUserEvent(reader: Reader, end: number): UserEvent {
  const message: UserEvent = {
    seq: 0,
    timeMs: 0,
    event: undefined,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.seq = safeInteger(reader);
        break;
      case 16:
        message.timeMs = safeInteger(reader);
        break;
      case 26:
        message.event = { case: 'conversationJoined', value: readConversationJoined(reader, endOf(reader)) };
        break;
      case 34:
        message.event = { case: 'readMoved', value: readReadMoved(reader, endOf(reader)) };
        break;
      case 42:
        message.event = { case: 'deviceAdded', value: readDeviceAdded(reader, endOf(reader)) };
        break;
      case 50:
        message.event = { case: 'recordChanged', value: readAccountRecord(reader, endOf(reader)) };
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readConversationJoined(reader: Reader, end: number): ConversationJoined {
  const message: ConversationJoined = {
    conversationId: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readReadMoved(reader: Reader, end: number): ReadMoved {
  const message: ReadMoved = {
    conversationId: '',
    readSeq: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 16:
        message.readSeq = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readDeviceAdded(reader: Reader, end: number): DeviceAdded {
  const message: DeviceAdded = {
    deviceId: '',
    name: '',
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.deviceId = text(reader);
        break;
      case 18:
        message.name = text(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readFetchUserEvents(reader: Reader, end: number): FetchUserEvents {
  const message: FetchUserEvents = {
    afterSeq: 0,
    limit: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 8:
        message.afterSeq = safeInteger(reader);
        break;
      case 16:
        message.limit = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readUserEventPage(reader: Reader, end: number): UserEventPage {
  const message: UserEventPage = {
    events: [],
    lastSeq: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.events.push(readUserEvent(reader, endOf(reader)));
        break;
      case 16:
        message.lastSeq = safeInteger(reader);
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}

export function readFetchConversation(reader: Reader, end: number): FetchConversation {
  const message: FetchConversation = {
    conversationId: '',
    limit: 0,
  };
  while (reader.pos < end) {
    const tag = reader.uint32();
    switch (tag) {
      case 10:
        message.conversationId = text(reader);
        break;
      case 16:
        message.limit = reader.uint32();
        break;
      default:
        skip(reader, tag);
    }
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}
