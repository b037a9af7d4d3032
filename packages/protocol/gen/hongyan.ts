// Generated from spec/hongyan/v1 by `npm run generate`. Do not edit.
import { NO_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';

/** Of the schema's text: a change of the schema changes it. */
export const SCHEMA_HASH = 'cf2416e664ad4b09';

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
  /** of the sender's own message; body is its Content from here on */
  EDIT: 3,
  /** its message is erased, here and everywhere; no body */
  RECALL: 4,
  /** body is an encoded Reaction */
  REACTION: 5,
  /** body is an encoded ConversationChange */
  CONVERSATION_CHANGED: 6,
} as const;
export type EntryKind = (typeof EntryKind)[keyof typeof EntryKind];

export const Role = {
  /** not a member */
  UNSPECIFIED: 0,
  MEMBER: 1,
  ADMIN: 2,
  /** a group has one */
  OWNER: 3,
} as const;
export type Role = (typeof Role)[keyof typeof Role];

export const Joining = {
  /** by invitation only */
  UNSPECIFIED: 0,
  /** who has the link joins */
  OPEN: 1,
  /** who has the link asks, an administrator decides */
  APPROVAL: 2,
  /** who has the link and answers the question right joins */
  QUESTION: 3,
} as const;
export type Joining = (typeof Joining)[keyof typeof Joining];

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
  /** there is no such conversation, account or message */
  NOT_FOUND: 202,
  /** the other one does not take this from the account */
  NOT_ACCEPTED: 203,
  /** the account, or everybody but administrators, may not write there now */
  MUTED: 204,
  /** the time within which it is allowed has passed */
  TOO_LATE: 205,
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
  /** a newer device took this one's place */
  SESSION_REPLACED: 4202,
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

export const ReceiptStage = {
  UNSPECIFIED: 0,
  READ: 1,
  DELIVERED: 2,
  MISSING: 3,
} as const;
export type ReceiptStage = (typeof ReceiptStage)[keyof typeof ReceiptStage];

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
  /** the message of this conversation that it answers; its text is not repeated here */
  replyToSeq: number;
  /** it was forwarded */
  origin?: Origin | undefined;
  kind:
    | { case: 'text'; value: Text }
    | { case: 'bundle'; value: Bundle }
    | { case: 'contact'; value: Contact }
    | undefined;
}

export interface Text {
  /** Unicode, Markdown is for the reader to render; `<@u…>` and `<@all>` are mentions */
  text: string;
  /** of its first link */
  preview?: LinkPreview | undefined;
}

/** What the sender's server found behind a link. */
export interface LinkPreview {
  url: string;
  title: string;
  description: string;
  siteName: string;
}

/** Who wrote a forwarded message first. */
export interface Origin {
  senderId: string;
}

/** Several messages that were forwarded as one. */
export interface Bundle {
  title: string;
  messages: BundledMessage[];
}

export interface BundledMessage {
  senderId: string;
  /** as the one who forwarded it saw it */
  senderName: string;
  timeMs: number;
  /** an encoded Content */
  content: Uint8Array;
}

export interface Contact {
  userId: string;
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
  /** opaque to the server's core; of a message that was erased: empty */
  body: Uint8Array;
  /** most entries have none */
  header?: EntryHeader | undefined;
}

/** What the server has to know of an entry beside its body. */
export interface EntryHeader {
  /** the message that an EDIT, RECALL or REACTION is about */
  targetSeq: number;
  /** accounts that a message or an EDIT mentions */
  mentionedIds: string[];
  /** it mentions every member */
  mentionsAll: boolean;
  /** a message with one is erased that long after it was sent, or read; 0: never */
  lifetimeMs: number;
  /** the time counts from when the other one has read it; in direct conversations */
  livesFromRead: boolean;
}

/** All that its sender reacts to the message with from here on; none: nothing any more. */
export interface Reaction {
  emoji: string[];
}

/** What a group is when it begins. */
export interface GroupCreated {
  name: string;
}

/** What a group allows beyond the table of permissions. */
export interface GroupPolicy {
  /** members may invite, not administrators alone */
  membersInvite: boolean;
  membersMentionAll: boolean;
  membersPin: boolean;
  /** name, avatar and announcement */
  membersEdit: boolean;
  joining: Joining;
  question: string;
  /** compared without regard to case and spaces around it */
  answer: string;
  /** who joins may read what was before */
  historyForNewcomers: boolean;
  /** administrators alone may write */
  muted: boolean;
  /** nobody is told how far others are */
  receiptsHidden: boolean;
}

/** What a conversation is, beside its log: what all its CONVERSATION_CHANGED entries come to. */
export interface Facts {
  /** of the last entry that changed any of it, members included */
  seq: number;
  name: string;
  /** an emoji, or a file's id */
  avatar: string;
  announcement: string;
  /** of the entry that made it: who has read that has read it */
  announcementSeq: number;
  /** in the order of pinning */
  pinnedSeqs: number[];
  /** of new messages; 0: they stay */
  lifetimeMs: number;
  policy?: GroupPolicy | undefined;
  memberCount: number;
  /** nobody writes any more */
  dissolved: boolean;
  /** who knows it may join as the policy says; empty: nobody does */
  linkCode: string;
}

/** One change of a conversation, by the entry's sender. */
export interface ConversationChange {
  change:
    | { case: 'name'; value: string }
    | { case: 'avatar'; value: string }
    | { case: 'announcement'; value: string }
    | { case: 'pinnedSeq'; value: number }
    | { case: 'unpinnedSeq'; value: number }
    | { case: 'lifetimeMs'; value: number }
    | { case: 'policy'; value: GroupPolicy }
    | { case: 'membersAdded'; value: MembersAdded }
    | { case: 'membersRemoved'; value: MembersRemoved }
    | { case: 'left'; value: Left }
    | { case: 'roleGiven'; value: RoleGiven }
    | { case: 'memberMuted'; value: MemberMuted }
    | { case: 'nickname'; value: string }
    | { case: 'dissolved'; value: Dissolved }
    | { case: 'linkCode'; value: string }
    | undefined;
}

export interface MembersAdded {
  /** the sender alone: joined by themselves */
  userIds: string[];
}

export interface MembersRemoved {
  userIds: string[];
}

export type Left = Record<string, never>;

export type Dissolved = Record<string, never>;

/** OWNER passes the group on, and makes its owner an administrator. */
export interface RoleGiven {
  userId: string;
  role: Role;
}

export interface MemberMuted {
  userId: string;
  /** by the server's clock; 0: may write again */
  untilMs: number;
}

export interface Member {
  userId: string;
  role: Role;
  nickname: string;
  mutedUntilMs: number;
}

/** What the account itself is in a conversation. */
export interface Membership {
  role: Role;
  /** it may read from here */
  firstSeq: number;
  /** it was a member, and may read up to ConversationState.last_seq */
  former: boolean;
  mutedUntilMs: number;
  nickname: string;
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
  /** others' messages in (own read_seq, last_seq], counted up to Limits.unread_count_max */
  unreadCount: number;
  /** none: nothing was ever changed */
  facts?: Facts | undefined;
  /** of groups */
  membership?: Membership | undefined;
  /** of the unread messages, those that mention the account or all */
  mentionCount: number;
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
    | { case: 'changeConversation'; value: ChangeConversation }
    | { case: 'fetchChanges'; value: FetchChanges }
    | { case: 'fetchMembers'; value: FetchMembers }
    | { case: 'fetchReceiptCounts'; value: FetchReceiptCounts }
    | { case: 'fetchReceivers'; value: FetchReceivers }
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
    | { case: 'memberPage'; value: MemberPage }
    | { case: 'receiptCounts'; value: ReceiptCounts }
    | { case: 'receivers'; value: Receivers }
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
  /** mentions and lifetime, if there are any */
  header?: EntryHeader | undefined;
}

/** Appends an entry that changes a message or the conversation; answered and repeated as SendMessage is. */
export interface ChangeConversation {
  conversationId: string;
  clientMessageId: string;
  clientTimeMs: number;
  kind: EntryKind;
  header?: EntryHeader | undefined;
  body: Uint8Array;
}

/** The message is committed to stable storage. */
export interface MessageSent {
  conversationId: string;
  seq: number;
  serverTimeMs: number;
  /** the entry's, where the server made another one of it */
  header?: EntryHeader | undefined;
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
  /** ascending: later entries that change messages of this page and still count */
  changes: Entry[];
}

/** Every entry that changed one message, oldest first: how it read before. Answered by EntryPage. */
export interface FetchChanges {
  conversationId: string;
  targetSeq: number;
  afterSeq: number;
  limit: number;
}

/** The members of a conversation, by role and then by id, or those whose name contains `query`. */
export interface FetchMembers {
  conversationId: string;
  /** in handle, name or nickname */
  query: string;
  /** MemberPage.next of the page before */
  after: string;
  limit: number;
}

export interface MemberPage {
  conversationId: string;
  members: Member[];
  /** empty: that was all */
  next: string;
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

/** How many of a conversation's members have messages, for those who look at them. Answered by ReceiptCounts. */
export interface FetchReceiptCounts {
  conversationId: string;
  /** at most 50 */
  seqs: number[];
}

export interface ReceiptCounts {
  conversationId: string;
  /** one for each seq that was asked for, in that order */
  counts: ReceiptCount[];
}

/** Of those who may read the message, its sender left out. */
export interface ReceiptCount {
  seq: number;
  read: number;
  /** and not read */
  delivered: number;
  /** neither */
  missing: number;
}

/** Who is how far with a message. Answered by Receivers. */
export interface FetchReceivers {
  conversationId: string;
  seq: number;
  stage: ReceiptStage;
  /** the last account of the page before */
  after: string;
  limit: number;
}

export interface Receivers {
  conversationId: string;
  seq: number;
  /** ascending */
  userIds: string[];
  more: boolean;
}

/** A value that an account keeps alike on all its devices. Of two changes of one key the later one stays, by changed_at_ms and then by the bytes of the value; so repeating a change, or hearing of it late, does no harm. */
export interface AccountRecord {
  /** `draft/…`, `cleared/…`, `unread/…`, `notify/…` or `top/<conversation>`; `friend/…`, `peer/…`, `block/…` or `remark/<account>`; `asking/<group>`, `asked/<group>/<account>`; `setting/<name>` */
  key: string;
  /** by the server's clock, as the device estimates it */
  changedAtMs: number;
  /** an encoded Draft, Cleared, MarkedUnread, Wish, Block, Remark, Asking or Setting; empty: there is none (any more) */
  value: Uint8Array;
}

/** Changes one record. Answered by Done, also when a later change is there already. */
export interface SetRecord {
  record?: AccountRecord | undefined;
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

/** Whether the account wants to be friends with another one. Two who both want it are friends; one alone asks for it. */
export interface Wish {
  /** false: asked, and declined */
  wanted: boolean;
  /** what the other one is told */
  greeting: string;
}

/** The account wants nothing of another one. */
export interface Block {
  blocked: boolean;
}

/** What the account calls another one, and sorts it under. */
export interface Remark {
  name: string;
  labels: string[];
}

/** The account wants to join a group, by its link. */
export interface Asking {
  linkCode: string;
  /** the answer to the group's question, or what its administrators are told */
  text: string;
}

/** The first command of every connection: who, and what it holds already. */
export interface Hello {
  protocolVersion: number;
  features: Feature[];
  accessToken: string;
  /** name and version of the program, for logs */
  client: string;
  holdings?: Holdings | undefined;
  /** the session to go on with, if there was one */
  resume?: Resume | undefined;
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
  limits?: Limits | undefined;
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
  /** how long after it was sent its sender may edit a message */
  editWithinMs: number;
  /** the same for recalling it */
  recallWithinMs: number;
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
  holdings?: Holdings | undefined;
}

/** One conversation that differs from what the device stated. */
export interface ConversationUpdate {
  state?: ConversationState | undefined;
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
    | { case: 'deviceRenamed'; value: DeviceRenamed }
    | { case: 'deviceRemoved'; value: DeviceRemoved }
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

export interface DeviceRenamed {
  deviceId: string;
  name: string;
}

export interface DeviceRemoved {
  deviceId: string;
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

export function writeContent(message: Content, writer: Writer): void {
  if (message.replyToSeq) writer.uint64(80, message.replyToSeq);
  if (message.origin !== undefined) writer.message(90, message.origin, writeOrigin);
  const { kind } = message;
  switch (kind?.case) {
    case 'text':
      writer.message(10, kind.value, writeText);
      break;
    case 'bundle':
      writer.message(18, kind.value, writeBundle);
      break;
    case 'contact':
      writer.message(26, kind.value, writeContact);
      break;
  }
}

export function writeText(message: Text, writer: Writer): void {
  if (message.text) writer.string(10, message.text);
  if (message.preview !== undefined) writer.message(18, message.preview, writeLinkPreview);
}

export function writeLinkPreview(message: LinkPreview, writer: Writer): void {
  if (message.url) writer.string(10, message.url);
  if (message.title) writer.string(18, message.title);
  if (message.description) writer.string(26, message.description);
  if (message.siteName) writer.string(34, message.siteName);
}

export function writeOrigin(message: Origin, writer: Writer): void {
  if (message.senderId) writer.string(10, message.senderId);
}

export function writeBundle(message: Bundle, writer: Writer): void {
  if (message.title) writer.string(10, message.title);
  for (const item of message.messages) writer.message(18, item, writeBundledMessage);
}

export function writeBundledMessage(message: BundledMessage, writer: Writer): void {
  if (message.senderId) writer.string(10, message.senderId);
  if (message.senderName) writer.string(18, message.senderName);
  if (message.timeMs) writer.uint64(24, message.timeMs);
  if (message.content.length > 0) writer.bytes(34, message.content);
}

export function writeContact(message: Contact, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
}

export function writeEntry(message: Entry, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seq) writer.uint64(16, message.seq);
  if (message.kind) writer.uint32(24, message.kind);
  if (message.senderId) writer.string(34, message.senderId);
  if (message.clientMessageId) writer.string(42, message.clientMessageId);
  if (message.clientTimeMs) writer.uint64(48, message.clientTimeMs);
  if (message.serverTimeMs) writer.uint64(56, message.serverTimeMs);
  if (message.body.length > 0) writer.bytes(66, message.body);
  if (message.header !== undefined) writer.message(74, message.header, writeEntryHeader);
}

export function writeEntryHeader(message: EntryHeader, writer: Writer): void {
  if (message.targetSeq) writer.uint64(8, message.targetSeq);
  for (const item of message.mentionedIds) writer.string(18, item);
  if (message.mentionsAll) writer.bool(24, message.mentionsAll);
  if (message.lifetimeMs) writer.uint64(32, message.lifetimeMs);
  if (message.livesFromRead) writer.bool(40, message.livesFromRead);
}

export function writeReaction(message: Reaction, writer: Writer): void {
  for (const item of message.emoji) writer.string(10, item);
}

export function writeGroupCreated(message: GroupCreated, writer: Writer): void {
  if (message.name) writer.string(10, message.name);
}

export function writeGroupPolicy(message: GroupPolicy, writer: Writer): void {
  if (message.membersInvite) writer.bool(8, message.membersInvite);
  if (message.membersMentionAll) writer.bool(16, message.membersMentionAll);
  if (message.membersPin) writer.bool(24, message.membersPin);
  if (message.membersEdit) writer.bool(32, message.membersEdit);
  if (message.joining) writer.uint32(40, message.joining);
  if (message.question) writer.string(50, message.question);
  if (message.answer) writer.string(82, message.answer);
  if (message.historyForNewcomers) writer.bool(56, message.historyForNewcomers);
  if (message.muted) writer.bool(64, message.muted);
  if (message.receiptsHidden) writer.bool(72, message.receiptsHidden);
}

export function writeFacts(message: Facts, writer: Writer): void {
  if (message.seq) writer.uint64(8, message.seq);
  if (message.name) writer.string(18, message.name);
  if (message.avatar) writer.string(26, message.avatar);
  if (message.announcement) writer.string(34, message.announcement);
  if (message.announcementSeq) writer.uint64(40, message.announcementSeq);
  if (message.pinnedSeqs.length > 0) writer.packed(50, message.pinnedSeqs);
  if (message.lifetimeMs) writer.uint64(56, message.lifetimeMs);
  if (message.policy !== undefined) writer.message(66, message.policy, writeGroupPolicy);
  if (message.memberCount) writer.uint32(72, message.memberCount);
  if (message.dissolved) writer.bool(80, message.dissolved);
  if (message.linkCode) writer.string(90, message.linkCode);
}

export function writeConversationChange(message: ConversationChange, writer: Writer): void {
  const { change } = message;
  switch (change?.case) {
    case 'name':
      writer.string(10, change.value);
      break;
    case 'avatar':
      writer.string(18, change.value);
      break;
    case 'announcement':
      writer.string(26, change.value);
      break;
    case 'pinnedSeq':
      writer.uint64(32, change.value);
      break;
    case 'unpinnedSeq':
      writer.uint64(40, change.value);
      break;
    case 'lifetimeMs':
      writer.uint64(48, change.value);
      break;
    case 'policy':
      writer.message(58, change.value, writeGroupPolicy);
      break;
    case 'membersAdded':
      writer.message(66, change.value, writeMembersAdded);
      break;
    case 'membersRemoved':
      writer.message(74, change.value, writeMembersRemoved);
      break;
    case 'left':
      writer.message(82, change.value, writeLeft);
      break;
    case 'roleGiven':
      writer.message(90, change.value, writeRoleGiven);
      break;
    case 'memberMuted':
      writer.message(98, change.value, writeMemberMuted);
      break;
    case 'nickname':
      writer.string(106, change.value);
      break;
    case 'dissolved':
      writer.message(114, change.value, writeDissolved);
      break;
    case 'linkCode':
      writer.string(122, change.value);
      break;
  }
}

export function writeMembersAdded(message: MembersAdded, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
}

export function writeMembersRemoved(message: MembersRemoved, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
}

export function writeLeft(): void {}

export function writeDissolved(): void {}

export function writeRoleGiven(message: RoleGiven, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.role) writer.uint32(16, message.role);
}

export function writeMemberMuted(message: MemberMuted, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.untilMs) writer.uint64(16, message.untilMs);
}

export function writeMember(message: Member, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.role) writer.uint32(16, message.role);
  if (message.nickname) writer.string(26, message.nickname);
  if (message.mutedUntilMs) writer.uint64(32, message.mutedUntilMs);
}

export function writeMembership(message: Membership, writer: Writer): void {
  if (message.role) writer.uint32(8, message.role);
  if (message.firstSeq) writer.uint64(16, message.firstSeq);
  if (message.former) writer.bool(24, message.former);
  if (message.mutedUntilMs) writer.uint64(32, message.mutedUntilMs);
  if (message.nickname) writer.string(42, message.nickname);
}

export function writeCursor(message: Cursor, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.deliveredSeq) writer.uint64(16, message.deliveredSeq);
  if (message.readSeq) writer.uint64(24, message.readSeq);
}

export function writeConversationState(message: ConversationState, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.kind) writer.uint32(16, message.kind);
  if (message.lastSeq) writer.uint64(24, message.lastSeq);
  for (const item of message.cursors) writer.message(34, item, writeCursor);
  if (message.unreadCount) writer.uint64(40, message.unreadCount);
  if (message.facts !== undefined) writer.message(50, message.facts, writeFacts);
  if (message.membership !== undefined) writer.message(58, message.membership, writeMembership);
  if (message.mentionCount) writer.uint64(64, message.mentionCount);
}

export function writeCommand(message: Command, writer: Writer): void {
  if (message.id) writer.uint32(8, message.id);
  const { body } = message;
  switch (body?.case) {
    case 'hello':
      writer.message(18, body.value, writeHello);
      break;
    case 'ping':
      writer.message(26, body.value, writePing);
      break;
    case 'sendMessage':
      writer.message(34, body.value, writeSendMessage);
      break;
    case 'advanceCursor':
      writer.message(42, body.value, writeAdvanceCursor);
      break;
    case 'fetchEntries':
      writer.message(50, body.value, writeFetchEntries);
      break;
    case 'fetchConversation':
      writer.message(58, body.value, writeFetchConversation);
      break;
    case 'fetchUserEvents':
      writer.message(66, body.value, writeFetchUserEvents);
      break;
    case 'statePositions':
      writer.message(74, body.value, writeStatePositions);
      break;
    case 'synchronise':
      writer.message(82, body.value, writeSynchronise);
      break;
    case 'setRecord':
      writer.message(90, body.value, writeSetRecord);
      break;
    case 'changeConversation':
      writer.message(98, body.value, writeChangeConversation);
      break;
    case 'fetchChanges':
      writer.message(106, body.value, writeFetchChanges);
      break;
    case 'fetchMembers':
      writer.message(114, body.value, writeFetchMembers);
      break;
    case 'fetchReceiptCounts':
      writer.message(122, body.value, writeFetchReceiptCounts);
      break;
    case 'fetchReceivers':
      writer.message(130, body.value, writeFetchReceivers);
      break;
    case 'watch':
      writer.message(322, body.value, writeWatch);
      break;
    case 'stateDevice':
      writer.message(330, body.value, writeStateDevice);
      break;
    case 'typing':
      writer.message(338, body.value, writeTyping);
      break;
  }
}

export function writeServerFrame(message: ServerFrame, writer: Writer): void {
  const { frame } = message;
  switch (frame?.case) {
    case 'reply':
      writer.message(10, frame.value, writeReply);
      break;
    case 'push':
      writer.message(18, frame.value, writePush);
      break;
  }
}

export function writeReply(message: Reply, writer: Writer): void {
  if (message.id) writer.uint32(8, message.id);
  const { body } = message;
  switch (body?.case) {
    case 'error':
      writer.message(18, body.value, writeError);
      break;
    case 'done':
      writer.message(26, body.value, writeDone);
      break;
    case 'welcome':
      writer.message(34, body.value, writeWelcome);
      break;
    case 'pong':
      writer.message(42, body.value, writePong);
      break;
    case 'messageSent':
      writer.message(50, body.value, writeMessageSent);
      break;
    case 'entryPage':
      writer.message(58, body.value, writeEntryPage);
      break;
    case 'conversationUpdate':
      writer.message(66, body.value, writeConversationUpdate);
      break;
    case 'userEventPage':
      writer.message(74, body.value, writeUserEventPage);
      break;
    case 'memberPage':
      writer.message(82, body.value, writeMemberPage);
      break;
    case 'receiptCounts':
      writer.message(90, body.value, writeReceiptCounts);
      break;
    case 'receivers':
      writer.message(98, body.value, writeReceivers);
      break;
  }
}

export function writeDone(): void {}

export function writePush(message: Push, writer: Writer): void {
  const { body } = message;
  switch (body?.case) {
    case 'entry':
      writer.message(10, body.value, writeEntry);
      break;
    case 'receipt':
      writer.message(18, body.value, writeReceipt);
      break;
    case 'conversationUpdate':
      writer.message(26, body.value, writeConversationUpdate);
      break;
    case 'userEvent':
      writer.message(34, body.value, writeUserEvent);
      break;
    case 'synced':
      writer.message(42, body.value, writeSynced);
      break;
    case 'closing':
      writer.message(50, body.value, writeClosing);
      break;
    case 'positionsWanted':
      writer.message(58, body.value, writePositionsWanted);
      break;
    case 'records':
      writer.message(66, body.value, writeRecords);
      break;
    case 'comparisonWanted':
      writer.message(74, body.value, writeComparisonWanted);
      break;
    case 'receipts':
      writer.message(82, body.value, writeReceipts);
      break;
    case 'presenceChanged':
      writer.message(322, body.value, writePresenceChanged);
      break;
    case 'typingChanged':
      writer.message(330, body.value, writeTypingChanged);
      break;
  }
}

export function writeError(message: Error, writer: Writer): void {
  if (message.code) writer.uint32(8, message.code);
  if (message.message) writer.string(18, message.message);
  if (message.retryAfterMs) writer.uint32(24, message.retryAfterMs);
}

export function writeSendMessage(message: SendMessage, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.clientMessageId) writer.string(18, message.clientMessageId);
  if (message.clientTimeMs) writer.uint64(24, message.clientTimeMs);
  if (message.body.length > 0) writer.bytes(34, message.body);
  if (message.header !== undefined) writer.message(42, message.header, writeEntryHeader);
}

export function writeChangeConversation(message: ChangeConversation, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.clientMessageId) writer.string(18, message.clientMessageId);
  if (message.clientTimeMs) writer.uint64(24, message.clientTimeMs);
  if (message.kind) writer.uint32(32, message.kind);
  if (message.header !== undefined) writer.message(42, message.header, writeEntryHeader);
  if (message.body.length > 0) writer.bytes(50, message.body);
}

export function writeMessageSent(message: MessageSent, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seq) writer.uint64(16, message.seq);
  if (message.serverTimeMs) writer.uint64(24, message.serverTimeMs);
  if (message.header !== undefined) writer.message(34, message.header, writeEntryHeader);
}

export function writeFetchEntries(message: FetchEntries, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.afterSeq) writer.uint64(16, message.afterSeq);
  if (message.beforeSeq) writer.uint64(24, message.beforeSeq);
  if (message.limit) writer.uint32(32, message.limit);
}

export function writeEntryPage(message: EntryPage, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.entries) writer.message(18, item, writeEntry);
  if (message.lastSeq) writer.uint64(24, message.lastSeq);
  for (const item of message.changes) writer.message(34, item, writeEntry);
}

export function writeFetchChanges(message: FetchChanges, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.targetSeq) writer.uint64(16, message.targetSeq);
  if (message.afterSeq) writer.uint64(24, message.afterSeq);
  if (message.limit) writer.uint32(32, message.limit);
}

export function writeFetchMembers(message: FetchMembers, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.query) writer.string(18, message.query);
  if (message.after) writer.string(26, message.after);
  if (message.limit) writer.uint32(32, message.limit);
}

export function writeMemberPage(message: MemberPage, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.members) writer.message(18, item, writeMember);
  if (message.next) writer.string(26, message.next);
}

export function writeWatch(message: Watch, writer: Writer): void {
  for (const item of message.userIds) writer.string(10, item);
  for (const item of message.conversationIds) writer.string(18, item);
}

export function writeStateDevice(message: StateDevice, writer: Writer): void {
  if (message.kind) writer.uint32(8, message.kind);
  if (message.isIdle) writer.bool(16, message.isIdle);
}

export function writeTyping(message: Typing, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.kind) writer.uint32(16, message.kind);
}

export function writePresenceChanged(message: PresenceChanged, writer: Writer): void {
  for (const item of message.presences) writer.message(10, item, writePresence);
}

export function writePresence(message: Presence, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.state) writer.uint32(16, message.state);
  for (const item of message.devices) writer.message(26, item, writeDevicePresence);
  if (message.lastSeenMs) writer.uint64(32, message.lastSeenMs);
}

export function writeDevicePresence(message: DevicePresence, writer: Writer): void {
  if (message.kind) writer.uint32(8, message.kind);
  if (message.isIdle) writer.bool(16, message.isIdle);
}

export function writeTypingChanged(message: TypingChanged, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.typists) writer.message(18, item, writeTypist);
}

export function writeTypist(message: Typist, writer: Writer): void {
  if (message.userId) writer.string(10, message.userId);
  if (message.kind) writer.uint32(16, message.kind);
}

export function writeAdvanceCursor(message: AdvanceCursor, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.deliveredSeq) writer.uint64(16, message.deliveredSeq);
  if (message.readSeq) writer.uint64(24, message.readSeq);
}

export function writeReceipt(message: Receipt, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.userId) writer.string(18, message.userId);
  if (message.deliveredSeq) writer.uint64(24, message.deliveredSeq);
  if (message.readSeq) writer.uint64(32, message.readSeq);
}

export function writeReceipts(message: Receipts, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.cursors) writer.message(18, item, writeCursor);
}

export function writeFetchReceiptCounts(message: FetchReceiptCounts, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seqs.length > 0) writer.packed(18, message.seqs);
}

export function writeReceiptCounts(message: ReceiptCounts, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  for (const item of message.counts) writer.message(18, item, writeReceiptCount);
}

export function writeReceiptCount(message: ReceiptCount, writer: Writer): void {
  if (message.seq) writer.uint64(8, message.seq);
  if (message.read) writer.uint32(16, message.read);
  if (message.delivered) writer.uint32(24, message.delivered);
  if (message.missing) writer.uint32(32, message.missing);
}

export function writeFetchReceivers(message: FetchReceivers, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seq) writer.uint64(16, message.seq);
  if (message.stage) writer.uint32(24, message.stage);
  if (message.after) writer.string(34, message.after);
  if (message.limit) writer.uint32(40, message.limit);
}

export function writeReceivers(message: Receivers, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.seq) writer.uint64(16, message.seq);
  for (const item of message.userIds) writer.string(26, item);
  if (message.more) writer.bool(32, message.more);
}

export function writeAccountRecord(message: AccountRecord, writer: Writer): void {
  if (message.key) writer.string(10, message.key);
  if (message.changedAtMs) writer.uint64(16, message.changedAtMs);
  if (message.value.length > 0) writer.bytes(26, message.value);
}

export function writeSetRecord(message: SetRecord, writer: Writer): void {
  if (message.record !== undefined) writer.message(10, message.record, writeAccountRecord);
}

export function writeRecords(message: Records, writer: Writer): void {
  for (const item of message.records) writer.message(10, item, writeAccountRecord);
}

export function writeDraft(message: Draft, writer: Writer): void {
  if (message.text) writer.string(10, message.text);
}

export function writeCleared(message: Cleared, writer: Writer): void {
  if (message.throughSeq) writer.uint64(8, message.throughSeq);
  if (message.readSeq) writer.uint64(16, message.readSeq);
  if (message.unreadCount) writer.uint32(24, message.unreadCount);
}

export function writeMarkedUnread(message: MarkedUnread, writer: Writer): void {
  if (message.throughSeq) writer.uint64(8, message.throughSeq);
}

export function writeSetting(message: Setting, writer: Writer): void {
  if (message.value) writer.string(10, message.value);
}

export function writeWish(message: Wish, writer: Writer): void {
  if (message.wanted) writer.bool(8, message.wanted);
  if (message.greeting) writer.string(18, message.greeting);
}

export function writeBlock(message: Block, writer: Writer): void {
  if (message.blocked) writer.bool(8, message.blocked);
}

export function writeRemark(message: Remark, writer: Writer): void {
  if (message.name) writer.string(10, message.name);
  for (const item of message.labels) writer.string(18, item);
}

export function writeAsking(message: Asking, writer: Writer): void {
  if (message.linkCode) writer.string(10, message.linkCode);
  if (message.text) writer.string(18, message.text);
}

export function writeHello(message: Hello, writer: Writer): void {
  if (message.protocolVersion) writer.uint32(8, message.protocolVersion);
  if (message.features.length > 0) writer.packed(18, message.features);
  if (message.accessToken) writer.string(26, message.accessToken);
  if (message.client) writer.string(34, message.client);
  if (message.holdings !== undefined) writer.message(42, message.holdings, writeHoldings);
  if (message.resume !== undefined) writer.message(50, message.resume, writeResume);
}

export function writeResume(message: Resume, writer: Writer): void {
  if (message.sessionId) writer.string(10, message.sessionId);
  if (message.pushesReceived) writer.uint64(16, message.pushesReceived);
}

export function writeWelcome(message: Welcome, writer: Writer): void {
  if (message.protocolVersion) writer.uint32(8, message.protocolVersion);
  if (message.features.length > 0) writer.packed(18, message.features);
  if (message.sessionId) writer.string(26, message.sessionId);
  if (message.userId) writer.string(34, message.userId);
  if (message.deviceId) writer.string(42, message.deviceId);
  if (message.serverTimeMs) writer.uint64(48, message.serverTimeMs);
  if (message.limits !== undefined) writer.message(58, message.limits, writeLimits);
  if (message.resumed) writer.bool(64, message.resumed);
}

export function writeLimits(message: Limits, writer: Writer): void {
  if (message.frameBytesMax) writer.uint32(8, message.frameBytesMax);
  if (message.bodyBytesMax) writer.uint32(16, message.bodyBytesMax);
  if (message.clientMessageIdBytesMax) writer.uint32(24, message.clientMessageIdBytesMax);
  if (message.positionsMax) writer.uint32(32, message.positionsMax);
  if (message.pageEntriesMax) writer.uint32(40, message.pageEntriesMax);
  if (message.commandsInFlightMax) writer.uint32(48, message.commandsInFlightMax);
  if (message.unreadCountMax) writer.uint32(56, message.unreadCountMax);
  if (message.heartbeatIntervalMs) writer.uint32(64, message.heartbeatIntervalMs);
  if (message.heartbeatIntervalMaxMs) writer.uint32(72, message.heartbeatIntervalMaxMs);
  if (message.recordKeyBytesMax) writer.uint32(80, message.recordKeyBytesMax);
  if (message.recordValueBytesMax) writer.uint32(88, message.recordValueBytesMax);
  if (message.editWithinMs) writer.uint64(96, message.editWithinMs);
  if (message.recallWithinMs) writer.uint64(104, message.recallWithinMs);
  if (message.watchedUsersMax) writer.uint32(320, message.watchedUsersMax);
  if (message.watchedConversationsMax) writer.uint32(328, message.watchedConversationsMax);
}

export function writePing(message: Ping, writer: Writer): void {
  if (message.nextWithinMs) writer.uint32(8, message.nextWithinMs);
  if (message.compare) writer.bool(16, message.compare);
  if (message.userSeq) writer.uint64(24, message.userSeq);
  if (message.digest) writer.uint32(32, message.digest);
}

export function writePong(message: Pong, writer: Writer): void {
  if (message.serverTimeMs) writer.uint64(8, message.serverTimeMs);
  if (message.differs) writer.bool(16, message.differs);
}

export function writeComparisonWanted(message: ComparisonWanted, writer: Writer): void {
  if (message.withinMs) writer.uint32(8, message.withinMs);
}

export function writeClosing(message: Closing, writer: Writer): void {
  if (message.code) writer.uint32(8, message.code);
  if (message.reason) writer.string(18, message.reason);
  if (message.retryAfterMs) writer.uint32(24, message.retryAfterMs);
}

export function writeHoldings(message: Holdings, writer: Writer): void {
  if (message.userSeq) writer.uint64(8, message.userSeq);
  for (const item of message.positions) writer.message(18, item, writePosition);
  if (message.digestBits) writer.uint32(24, message.digestBits);
  if (message.digests.length > 0) writer.bytes(34, message.digests);
}

export function writePosition(message: Position, writer: Writer): void {
  if (message.conversationHash) writer.uint64(8, message.conversationHash);
  if (message.seq) writer.uint64(16, message.seq);
  if (message.readSeq) writer.uint64(24, message.readSeq);
  if (message.cursorSum) writer.uint64(32, message.cursorSum);
}

export function writePositionsWanted(message: PositionsWanted, writer: Writer): void {
  if (message.buckets.length > 0) writer.packed(10, message.buckets);
}

export function writeStatePositions(message: StatePositions, writer: Writer): void {
  for (const item of message.positions) writer.message(10, item, writePosition);
}

export function writeSynchronise(message: Synchronise, writer: Writer): void {
  if (message.holdings !== undefined) writer.message(10, message.holdings, writeHoldings);
}

export function writeConversationUpdate(message: ConversationUpdate, writer: Writer): void {
  if (message.state !== undefined) writer.message(10, message.state, writeConversationState);
  for (const item of message.entries) writer.message(18, item, writeEntry);
}

export function writeSynced(message: Synced, writer: Writer): void {
  if (message.userSeq) writer.uint64(8, message.userSeq);
  if (message.serverTimeMs) writer.uint64(16, message.serverTimeMs);
}

export function writeUserEvent(message: UserEvent, writer: Writer): void {
  if (message.seq) writer.uint64(8, message.seq);
  if (message.timeMs) writer.uint64(16, message.timeMs);
  const { event } = message;
  switch (event?.case) {
    case 'conversationJoined':
      writer.message(26, event.value, writeConversationJoined);
      break;
    case 'readMoved':
      writer.message(34, event.value, writeReadMoved);
      break;
    case 'deviceAdded':
      writer.message(42, event.value, writeDeviceAdded);
      break;
    case 'recordChanged':
      writer.message(50, event.value, writeAccountRecord);
      break;
    case 'deviceRenamed':
      writer.message(162, event.value, writeDeviceRenamed);
      break;
    case 'deviceRemoved':
      writer.message(170, event.value, writeDeviceRemoved);
      break;
  }
}

export function writeConversationJoined(message: ConversationJoined, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
}

export function writeReadMoved(message: ReadMoved, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.readSeq) writer.uint64(16, message.readSeq);
}

export function writeDeviceAdded(message: DeviceAdded, writer: Writer): void {
  if (message.deviceId) writer.string(10, message.deviceId);
  if (message.name) writer.string(18, message.name);
}

export function writeDeviceRenamed(message: DeviceRenamed, writer: Writer): void {
  if (message.deviceId) writer.string(10, message.deviceId);
  if (message.name) writer.string(18, message.name);
}

export function writeDeviceRemoved(message: DeviceRemoved, writer: Writer): void {
  if (message.deviceId) writer.string(10, message.deviceId);
}

export function writeFetchUserEvents(message: FetchUserEvents, writer: Writer): void {
  if (message.afterSeq) writer.uint64(8, message.afterSeq);
  if (message.limit) writer.uint32(16, message.limit);
}

export function writeUserEventPage(message: UserEventPage, writer: Writer): void {
  for (const item of message.events) writer.message(10, item, writeUserEvent);
  if (message.lastSeq) writer.uint64(16, message.lastSeq);
}

export function writeFetchConversation(message: FetchConversation, writer: Writer): void {
  if (message.conversationId) writer.string(10, message.conversationId);
  if (message.limit) writer.uint32(16, message.limit);
}

export function readContent(reader: Reader, end: number): Content {
  const message: Content = {
    replyToSeq: 0,
    origin: undefined,
    kind: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.kind = { case: 'text', value: readText(reader, reader.end()) };
        break;
      case 18:
        message.kind = { case: 'bundle', value: readBundle(reader, reader.end()) };
        break;
      case 26:
        message.kind = { case: 'contact', value: readContact(reader, reader.end()) };
        break;
      case 80:
        message.replyToSeq = reader.uint64();
        break;
      case 90:
        message.origin = readOrigin(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readText(reader: Reader, end: number): Text {
  const message: Text = {
    text: '',
    preview: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.text = reader.string();
        break;
      case 18:
        message.preview = readLinkPreview(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readLinkPreview(reader: Reader, end: number): LinkPreview {
  const message: LinkPreview = {
    url: '',
    title: '',
    description: '',
    siteName: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.url = reader.string();
        break;
      case 18:
        message.title = reader.string();
        break;
      case 26:
        message.description = reader.string();
        break;
      case 34:
        message.siteName = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readOrigin(reader: Reader, end: number): Origin {
  const message: Origin = {
    senderId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.senderId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readBundle(reader: Reader, end: number): Bundle {
  const message: Bundle = {
    title: '',
    messages: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.title = reader.string();
        break;
      case 18:
        message.messages.push(readBundledMessage(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readBundledMessage(reader: Reader, end: number): BundledMessage {
  const message: BundledMessage = {
    senderId: '',
    senderName: '',
    timeMs: 0,
    content: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.senderId = reader.string();
        break;
      case 18:
        message.senderName = reader.string();
        break;
      case 24:
        message.timeMs = reader.uint64();
        break;
      case 34:
        message.content = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readContact(reader: Reader, end: number): Contact {
  const message: Contact = {
    userId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
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
    body: NO_BYTES,
    header: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 24:
        message.kind = reader.uint32() as EntryKind;
        break;
      case 34:
        message.senderId = reader.string();
        break;
      case 42:
        message.clientMessageId = reader.string();
        break;
      case 48:
        message.clientTimeMs = reader.uint64();
        break;
      case 56:
        message.serverTimeMs = reader.uint64();
        break;
      case 66:
        message.body = reader.bytes();
        break;
      case 74:
        message.header = readEntryHeader(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readEntryHeader(reader: Reader, end: number): EntryHeader {
  const message: EntryHeader = {
    targetSeq: 0,
    mentionedIds: [],
    mentionsAll: false,
    lifetimeMs: 0,
    livesFromRead: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.targetSeq = reader.uint64();
        break;
      case 18:
        message.mentionedIds.push(reader.string());
        break;
      case 24:
        message.mentionsAll = reader.bool();
        break;
      case 32:
        message.lifetimeMs = reader.uint64();
        break;
      case 40:
        message.livesFromRead = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReaction(reader: Reader, end: number): Reaction {
  const message: Reaction = {
    emoji: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.emoji.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readGroupCreated(reader: Reader, end: number): GroupCreated {
  const message: GroupCreated = {
    name: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.name = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readGroupPolicy(reader: Reader, end: number): GroupPolicy {
  const message: GroupPolicy = {
    membersInvite: false,
    membersMentionAll: false,
    membersPin: false,
    membersEdit: false,
    joining: 0,
    question: '',
    answer: '',
    historyForNewcomers: false,
    muted: false,
    receiptsHidden: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.membersInvite = reader.bool();
        break;
      case 16:
        message.membersMentionAll = reader.bool();
        break;
      case 24:
        message.membersPin = reader.bool();
        break;
      case 32:
        message.membersEdit = reader.bool();
        break;
      case 40:
        message.joining = reader.uint32() as Joining;
        break;
      case 50:
        message.question = reader.string();
        break;
      case 82:
        message.answer = reader.string();
        break;
      case 56:
        message.historyForNewcomers = reader.bool();
        break;
      case 64:
        message.muted = reader.bool();
        break;
      case 72:
        message.receiptsHidden = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFacts(reader: Reader, end: number): Facts {
  const message: Facts = {
    seq: 0,
    name: '',
    avatar: '',
    announcement: '',
    announcementSeq: 0,
    pinnedSeqs: [],
    lifetimeMs: 0,
    policy: undefined,
    memberCount: 0,
    dissolved: false,
    linkCode: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.seq = reader.uint64();
        break;
      case 18:
        message.name = reader.string();
        break;
      case 26:
        message.avatar = reader.string();
        break;
      case 34:
        message.announcement = reader.string();
        break;
      case 40:
        message.announcementSeq = reader.uint64();
        break;
      case 48:
        message.pinnedSeqs.push(reader.uint64());
        break;
      case 50:
        reader.packed(message.pinnedSeqs, () => reader.uint64());
        break;
      case 56:
        message.lifetimeMs = reader.uint64();
        break;
      case 66:
        message.policy = readGroupPolicy(reader, reader.end());
        break;
      case 72:
        message.memberCount = reader.uint32();
        break;
      case 80:
        message.dissolved = reader.bool();
        break;
      case 90:
        message.linkCode = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationChange(reader: Reader, end: number): ConversationChange {
  const message: ConversationChange = {
    change: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.change = { case: 'name', value: reader.string() };
        break;
      case 18:
        message.change = { case: 'avatar', value: reader.string() };
        break;
      case 26:
        message.change = { case: 'announcement', value: reader.string() };
        break;
      case 32:
        message.change = { case: 'pinnedSeq', value: reader.uint64() };
        break;
      case 40:
        message.change = { case: 'unpinnedSeq', value: reader.uint64() };
        break;
      case 48:
        message.change = { case: 'lifetimeMs', value: reader.uint64() };
        break;
      case 58:
        message.change = { case: 'policy', value: readGroupPolicy(reader, reader.end()) };
        break;
      case 66:
        message.change = { case: 'membersAdded', value: readMembersAdded(reader, reader.end()) };
        break;
      case 74:
        message.change = { case: 'membersRemoved', value: readMembersRemoved(reader, reader.end()) };
        break;
      case 82:
        message.change = { case: 'left', value: readLeft(reader, reader.end()) };
        break;
      case 90:
        message.change = { case: 'roleGiven', value: readRoleGiven(reader, reader.end()) };
        break;
      case 98:
        message.change = { case: 'memberMuted', value: readMemberMuted(reader, reader.end()) };
        break;
      case 106:
        message.change = { case: 'nickname', value: reader.string() };
        break;
      case 114:
        message.change = { case: 'dissolved', value: readDissolved(reader, reader.end()) };
        break;
      case 122:
        message.change = { case: 'linkCode', value: reader.string() };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMembersAdded(reader: Reader, end: number): MembersAdded {
  const message: MembersAdded = {
    userIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMembersRemoved(reader: Reader, end: number): MembersRemoved {
  const message: MembersRemoved = {
    userIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readLeft(reader: Reader, end: number): Left {
  const message: Left = {

  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDissolved(reader: Reader, end: number): Dissolved {
  const message: Dissolved = {

  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readRoleGiven(reader: Reader, end: number): RoleGiven {
  const message: RoleGiven = {
    userId: '',
    role: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.role = reader.uint32() as Role;
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMemberMuted(reader: Reader, end: number): MemberMuted {
  const message: MemberMuted = {
    userId: '',
    untilMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.untilMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMember(reader: Reader, end: number): Member {
  const message: Member = {
    userId: '',
    role: 0,
    nickname: '',
    mutedUntilMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.role = reader.uint32() as Role;
        break;
      case 26:
        message.nickname = reader.string();
        break;
      case 32:
        message.mutedUntilMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMembership(reader: Reader, end: number): Membership {
  const message: Membership = {
    role: 0,
    firstSeq: 0,
    former: false,
    mutedUntilMs: 0,
    nickname: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.role = reader.uint32() as Role;
        break;
      case 16:
        message.firstSeq = reader.uint64();
        break;
      case 24:
        message.former = reader.bool();
        break;
      case 32:
        message.mutedUntilMs = reader.uint64();
        break;
      case 42:
        message.nickname = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCursor(reader: Reader, end: number): Cursor {
  const message: Cursor = {
    userId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.deliveredSeq = reader.uint64();
        break;
      case 24:
        message.readSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationState(reader: Reader, end: number): ConversationState {
  const message: ConversationState = {
    conversationId: '',
    kind: 0,
    lastSeq: 0,
    cursors: [],
    unreadCount: 0,
    facts: undefined,
    membership: undefined,
    mentionCount: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.kind = reader.uint32() as ConversationKind;
        break;
      case 24:
        message.lastSeq = reader.uint64();
        break;
      case 34:
        message.cursors.push(readCursor(reader, reader.end()));
        break;
      case 40:
        message.unreadCount = reader.uint64();
        break;
      case 50:
        message.facts = readFacts(reader, reader.end());
        break;
      case 58:
        message.membership = readMembership(reader, reader.end());
        break;
      case 64:
        message.mentionCount = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCommand(reader: Reader, end: number): Command {
  const message: Command = {
    id: 0,
    body: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.id = reader.uint32();
        break;
      case 18:
        message.body = { case: 'hello', value: readHello(reader, reader.end()) };
        break;
      case 26:
        message.body = { case: 'ping', value: readPing(reader, reader.end()) };
        break;
      case 34:
        message.body = { case: 'sendMessage', value: readSendMessage(reader, reader.end()) };
        break;
      case 42:
        message.body = { case: 'advanceCursor', value: readAdvanceCursor(reader, reader.end()) };
        break;
      case 50:
        message.body = { case: 'fetchEntries', value: readFetchEntries(reader, reader.end()) };
        break;
      case 58:
        message.body = { case: 'fetchConversation', value: readFetchConversation(reader, reader.end()) };
        break;
      case 66:
        message.body = { case: 'fetchUserEvents', value: readFetchUserEvents(reader, reader.end()) };
        break;
      case 74:
        message.body = { case: 'statePositions', value: readStatePositions(reader, reader.end()) };
        break;
      case 82:
        message.body = { case: 'synchronise', value: readSynchronise(reader, reader.end()) };
        break;
      case 90:
        message.body = { case: 'setRecord', value: readSetRecord(reader, reader.end()) };
        break;
      case 98:
        message.body = { case: 'changeConversation', value: readChangeConversation(reader, reader.end()) };
        break;
      case 106:
        message.body = { case: 'fetchChanges', value: readFetchChanges(reader, reader.end()) };
        break;
      case 114:
        message.body = { case: 'fetchMembers', value: readFetchMembers(reader, reader.end()) };
        break;
      case 122:
        message.body = { case: 'fetchReceiptCounts', value: readFetchReceiptCounts(reader, reader.end()) };
        break;
      case 130:
        message.body = { case: 'fetchReceivers', value: readFetchReceivers(reader, reader.end()) };
        break;
      case 322:
        message.body = { case: 'watch', value: readWatch(reader, reader.end()) };
        break;
      case 330:
        message.body = { case: 'stateDevice', value: readStateDevice(reader, reader.end()) };
        break;
      case 338:
        message.body = { case: 'typing', value: readTyping(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readServerFrame(reader: Reader, end: number): ServerFrame {
  const message: ServerFrame = {
    frame: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.frame = { case: 'reply', value: readReply(reader, reader.end()) };
        break;
      case 18:
        message.frame = { case: 'push', value: readPush(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReply(reader: Reader, end: number): Reply {
  const message: Reply = {
    id: 0,
    body: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.id = reader.uint32();
        break;
      case 18:
        message.body = { case: 'error', value: readError(reader, reader.end()) };
        break;
      case 26:
        message.body = { case: 'done', value: readDone(reader, reader.end()) };
        break;
      case 34:
        message.body = { case: 'welcome', value: readWelcome(reader, reader.end()) };
        break;
      case 42:
        message.body = { case: 'pong', value: readPong(reader, reader.end()) };
        break;
      case 50:
        message.body = { case: 'messageSent', value: readMessageSent(reader, reader.end()) };
        break;
      case 58:
        message.body = { case: 'entryPage', value: readEntryPage(reader, reader.end()) };
        break;
      case 66:
        message.body = { case: 'conversationUpdate', value: readConversationUpdate(reader, reader.end()) };
        break;
      case 74:
        message.body = { case: 'userEventPage', value: readUserEventPage(reader, reader.end()) };
        break;
      case 82:
        message.body = { case: 'memberPage', value: readMemberPage(reader, reader.end()) };
        break;
      case 90:
        message.body = { case: 'receiptCounts', value: readReceiptCounts(reader, reader.end()) };
        break;
      case 98:
        message.body = { case: 'receivers', value: readReceivers(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDone(reader: Reader, end: number): Done {
  const message: Done = {

  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPush(reader: Reader, end: number): Push {
  const message: Push = {
    body: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.body = { case: 'entry', value: readEntry(reader, reader.end()) };
        break;
      case 18:
        message.body = { case: 'receipt', value: readReceipt(reader, reader.end()) };
        break;
      case 26:
        message.body = { case: 'conversationUpdate', value: readConversationUpdate(reader, reader.end()) };
        break;
      case 34:
        message.body = { case: 'userEvent', value: readUserEvent(reader, reader.end()) };
        break;
      case 42:
        message.body = { case: 'synced', value: readSynced(reader, reader.end()) };
        break;
      case 50:
        message.body = { case: 'closing', value: readClosing(reader, reader.end()) };
        break;
      case 58:
        message.body = { case: 'positionsWanted', value: readPositionsWanted(reader, reader.end()) };
        break;
      case 66:
        message.body = { case: 'records', value: readRecords(reader, reader.end()) };
        break;
      case 74:
        message.body = { case: 'comparisonWanted', value: readComparisonWanted(reader, reader.end()) };
        break;
      case 82:
        message.body = { case: 'receipts', value: readReceipts(reader, reader.end()) };
        break;
      case 322:
        message.body = { case: 'presenceChanged', value: readPresenceChanged(reader, reader.end()) };
        break;
      case 330:
        message.body = { case: 'typingChanged', value: readTypingChanged(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readError(reader: Reader, end: number): Error {
  const message: Error = {
    code: 0,
    message: '',
    retryAfterMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.code = reader.uint32() as ErrorCode;
        break;
      case 18:
        message.message = reader.string();
        break;
      case 24:
        message.retryAfterMs = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSendMessage(reader: Reader, end: number): SendMessage {
  const message: SendMessage = {
    conversationId: '',
    clientMessageId: '',
    clientTimeMs: 0,
    body: NO_BYTES,
    header: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.clientMessageId = reader.string();
        break;
      case 24:
        message.clientTimeMs = reader.uint64();
        break;
      case 34:
        message.body = reader.bytes();
        break;
      case 42:
        message.header = readEntryHeader(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readChangeConversation(reader: Reader, end: number): ChangeConversation {
  const message: ChangeConversation = {
    conversationId: '',
    clientMessageId: '',
    clientTimeMs: 0,
    kind: 0,
    header: undefined,
    body: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.clientMessageId = reader.string();
        break;
      case 24:
        message.clientTimeMs = reader.uint64();
        break;
      case 32:
        message.kind = reader.uint32() as EntryKind;
        break;
      case 42:
        message.header = readEntryHeader(reader, reader.end());
        break;
      case 50:
        message.body = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMessageSent(reader: Reader, end: number): MessageSent {
  const message: MessageSent = {
    conversationId: '',
    seq: 0,
    serverTimeMs: 0,
    header: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 24:
        message.serverTimeMs = reader.uint64();
        break;
      case 34:
        message.header = readEntryHeader(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchEntries(reader: Reader, end: number): FetchEntries {
  const message: FetchEntries = {
    conversationId: '',
    afterSeq: 0,
    beforeSeq: 0,
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.afterSeq = reader.uint64();
        break;
      case 24:
        message.beforeSeq = reader.uint64();
        break;
      case 32:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readEntryPage(reader: Reader, end: number): EntryPage {
  const message: EntryPage = {
    conversationId: '',
    entries: [],
    lastSeq: 0,
    changes: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.entries.push(readEntry(reader, reader.end()));
        break;
      case 24:
        message.lastSeq = reader.uint64();
        break;
      case 34:
        message.changes.push(readEntry(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchChanges(reader: Reader, end: number): FetchChanges {
  const message: FetchChanges = {
    conversationId: '',
    targetSeq: 0,
    afterSeq: 0,
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.targetSeq = reader.uint64();
        break;
      case 24:
        message.afterSeq = reader.uint64();
        break;
      case 32:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchMembers(reader: Reader, end: number): FetchMembers {
  const message: FetchMembers = {
    conversationId: '',
    query: '',
    after: '',
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.query = reader.string();
        break;
      case 26:
        message.after = reader.string();
        break;
      case 32:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMemberPage(reader: Reader, end: number): MemberPage {
  const message: MemberPage = {
    conversationId: '',
    members: [],
    next: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.members.push(readMember(reader, reader.end()));
        break;
      case 26:
        message.next = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readWatch(reader: Reader, end: number): Watch {
  const message: Watch = {
    userIds: [],
    conversationIds: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userIds.push(reader.string());
        break;
      case 18:
        message.conversationIds.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readStateDevice(reader: Reader, end: number): StateDevice {
  const message: StateDevice = {
    kind: 0,
    isIdle: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.kind = reader.uint32() as DeviceKind;
        break;
      case 16:
        message.isIdle = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readTyping(reader: Reader, end: number): Typing {
  const message: Typing = {
    conversationId: '',
    kind: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.kind = reader.uint32() as TypingKind;
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPresenceChanged(reader: Reader, end: number): PresenceChanged {
  const message: PresenceChanged = {
    presences: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.presences.push(readPresence(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPresence(reader: Reader, end: number): Presence {
  const message: Presence = {
    userId: '',
    state: 0,
    devices: [],
    lastSeenMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.state = reader.uint32() as PresenceState;
        break;
      case 26:
        message.devices.push(readDevicePresence(reader, reader.end()));
        break;
      case 32:
        message.lastSeenMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDevicePresence(reader: Reader, end: number): DevicePresence {
  const message: DevicePresence = {
    kind: 0,
    isIdle: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.kind = reader.uint32() as DeviceKind;
        break;
      case 16:
        message.isIdle = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readTypingChanged(reader: Reader, end: number): TypingChanged {
  const message: TypingChanged = {
    conversationId: '',
    typists: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.typists.push(readTypist(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readTypist(reader: Reader, end: number): Typist {
  const message: Typist = {
    userId: '',
    kind: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.userId = reader.string();
        break;
      case 16:
        message.kind = reader.uint32() as TypingKind;
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAdvanceCursor(reader: Reader, end: number): AdvanceCursor {
  const message: AdvanceCursor = {
    conversationId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.deliveredSeq = reader.uint64();
        break;
      case 24:
        message.readSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceipt(reader: Reader, end: number): Receipt {
  const message: Receipt = {
    conversationId: '',
    userId: '',
    deliveredSeq: 0,
    readSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.userId = reader.string();
        break;
      case 24:
        message.deliveredSeq = reader.uint64();
        break;
      case 32:
        message.readSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceipts(reader: Reader, end: number): Receipts {
  const message: Receipts = {
    conversationId: '',
    cursors: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.cursors.push(readCursor(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchReceiptCounts(reader: Reader, end: number): FetchReceiptCounts {
  const message: FetchReceiptCounts = {
    conversationId: '',
    seqs: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seqs.push(reader.uint64());
        break;
      case 18:
        reader.packed(message.seqs, () => reader.uint64());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceiptCounts(reader: Reader, end: number): ReceiptCounts {
  const message: ReceiptCounts = {
    conversationId: '',
    counts: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 18:
        message.counts.push(readReceiptCount(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceiptCount(reader: Reader, end: number): ReceiptCount {
  const message: ReceiptCount = {
    seq: 0,
    read: 0,
    delivered: 0,
    missing: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.seq = reader.uint64();
        break;
      case 16:
        message.read = reader.uint32();
        break;
      case 24:
        message.delivered = reader.uint32();
        break;
      case 32:
        message.missing = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchReceivers(reader: Reader, end: number): FetchReceivers {
  const message: FetchReceivers = {
    conversationId: '',
    seq: 0,
    stage: 0,
    after: '',
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 24:
        message.stage = reader.uint32() as ReceiptStage;
        break;
      case 34:
        message.after = reader.string();
        break;
      case 40:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReceivers(reader: Reader, end: number): Receivers {
  const message: Receivers = {
    conversationId: '',
    seq: 0,
    userIds: [],
    more: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 26:
        message.userIds.push(reader.string());
        break;
      case 32:
        message.more = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAccountRecord(reader: Reader, end: number): AccountRecord {
  const message: AccountRecord = {
    key: '',
    changedAtMs: 0,
    value: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.key = reader.string();
        break;
      case 16:
        message.changedAtMs = reader.uint64();
        break;
      case 26:
        message.value = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSetRecord(reader: Reader, end: number): SetRecord {
  const message: SetRecord = {
    record: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.record = readAccountRecord(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readRecords(reader: Reader, end: number): Records {
  const message: Records = {
    records: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.records.push(readAccountRecord(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDraft(reader: Reader, end: number): Draft {
  const message: Draft = {
    text: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.text = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readCleared(reader: Reader, end: number): Cleared {
  const message: Cleared = {
    throughSeq: 0,
    readSeq: 0,
    unreadCount: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.throughSeq = reader.uint64();
        break;
      case 16:
        message.readSeq = reader.uint64();
        break;
      case 24:
        message.unreadCount = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readMarkedUnread(reader: Reader, end: number): MarkedUnread {
  const message: MarkedUnread = {
    throughSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.throughSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSetting(reader: Reader, end: number): Setting {
  const message: Setting = {
    value: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.value = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readWish(reader: Reader, end: number): Wish {
  const message: Wish = {
    wanted: false,
    greeting: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.wanted = reader.bool();
        break;
      case 18:
        message.greeting = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readBlock(reader: Reader, end: number): Block {
  const message: Block = {
    blocked: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.blocked = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readRemark(reader: Reader, end: number): Remark {
  const message: Remark = {
    name: '',
    labels: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.name = reader.string();
        break;
      case 18:
        message.labels.push(reader.string());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readAsking(reader: Reader, end: number): Asking {
  const message: Asking = {
    linkCode: '',
    text: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.linkCode = reader.string();
        break;
      case 18:
        message.text = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
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
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.protocolVersion = reader.uint32();
        break;
      case 16:
        message.features.push(reader.uint32() as Feature);
        break;
      case 18:
        reader.packed(message.features, () => reader.uint32() as Feature);
        break;
      case 26:
        message.accessToken = reader.string();
        break;
      case 34:
        message.client = reader.string();
        break;
      case 42:
        message.holdings = readHoldings(reader, reader.end());
        break;
      case 50:
        message.resume = readResume(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readResume(reader: Reader, end: number): Resume {
  const message: Resume = {
    sessionId: '',
    pushesReceived: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.sessionId = reader.string();
        break;
      case 16:
        message.pushesReceived = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
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
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.protocolVersion = reader.uint32();
        break;
      case 16:
        message.features.push(reader.uint32() as Feature);
        break;
      case 18:
        reader.packed(message.features, () => reader.uint32() as Feature);
        break;
      case 26:
        message.sessionId = reader.string();
        break;
      case 34:
        message.userId = reader.string();
        break;
      case 42:
        message.deviceId = reader.string();
        break;
      case 48:
        message.serverTimeMs = reader.uint64();
        break;
      case 58:
        message.limits = readLimits(reader, reader.end());
        break;
      case 64:
        message.resumed = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
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
    editWithinMs: 0,
    recallWithinMs: 0,
    watchedUsersMax: 0,
    watchedConversationsMax: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
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
      case 96:
        message.editWithinMs = reader.uint64();
        break;
      case 104:
        message.recallWithinMs = reader.uint64();
        break;
      case 320:
        message.watchedUsersMax = reader.uint32();
        break;
      case 328:
        message.watchedConversationsMax = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPing(reader: Reader, end: number): Ping {
  const message: Ping = {
    nextWithinMs: 0,
    compare: false,
    userSeq: 0,
    digest: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.nextWithinMs = reader.uint32();
        break;
      case 16:
        message.compare = reader.bool();
        break;
      case 24:
        message.userSeq = reader.uint64();
        break;
      case 32:
        message.digest = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPong(reader: Reader, end: number): Pong {
  const message: Pong = {
    serverTimeMs: 0,
    differs: false,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.serverTimeMs = reader.uint64();
        break;
      case 16:
        message.differs = reader.bool();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readComparisonWanted(reader: Reader, end: number): ComparisonWanted {
  const message: ComparisonWanted = {
    withinMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.withinMs = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readClosing(reader: Reader, end: number): Closing {
  const message: Closing = {
    code: 0,
    reason: '',
    retryAfterMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.code = reader.uint32() as CloseCode;
        break;
      case 18:
        message.reason = reader.string();
        break;
      case 24:
        message.retryAfterMs = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readHoldings(reader: Reader, end: number): Holdings {
  const message: Holdings = {
    userSeq: 0,
    positions: [],
    digestBits: 0,
    digests: NO_BYTES,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.userSeq = reader.uint64();
        break;
      case 18:
        message.positions.push(readPosition(reader, reader.end()));
        break;
      case 24:
        message.digestBits = reader.uint32();
        break;
      case 34:
        message.digests = reader.bytes();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPosition(reader: Reader, end: number): Position {
  const message: Position = {
    conversationHash: 0,
    seq: 0,
    readSeq: 0,
    cursorSum: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.conversationHash = reader.uint64();
        break;
      case 16:
        message.seq = reader.uint64();
        break;
      case 24:
        message.readSeq = reader.uint64();
        break;
      case 32:
        message.cursorSum = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readPositionsWanted(reader: Reader, end: number): PositionsWanted {
  const message: PositionsWanted = {
    buckets: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.buckets.push(reader.uint32());
        break;
      case 10:
        reader.packed(message.buckets, () => reader.uint32());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readStatePositions(reader: Reader, end: number): StatePositions {
  const message: StatePositions = {
    positions: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.positions.push(readPosition(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSynchronise(reader: Reader, end: number): Synchronise {
  const message: Synchronise = {
    holdings: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.holdings = readHoldings(reader, reader.end());
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationUpdate(reader: Reader, end: number): ConversationUpdate {
  const message: ConversationUpdate = {
    state: undefined,
    entries: [],
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.state = readConversationState(reader, reader.end());
        break;
      case 18:
        message.entries.push(readEntry(reader, reader.end()));
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readSynced(reader: Reader, end: number): Synced {
  const message: Synced = {
    userSeq: 0,
    serverTimeMs: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.userSeq = reader.uint64();
        break;
      case 16:
        message.serverTimeMs = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readUserEvent(reader: Reader, end: number): UserEvent {
  const message: UserEvent = {
    seq: 0,
    timeMs: 0,
    event: undefined,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.seq = reader.uint64();
        break;
      case 16:
        message.timeMs = reader.uint64();
        break;
      case 26:
        message.event = { case: 'conversationJoined', value: readConversationJoined(reader, reader.end()) };
        break;
      case 34:
        message.event = { case: 'readMoved', value: readReadMoved(reader, reader.end()) };
        break;
      case 42:
        message.event = { case: 'deviceAdded', value: readDeviceAdded(reader, reader.end()) };
        break;
      case 50:
        message.event = { case: 'recordChanged', value: readAccountRecord(reader, reader.end()) };
        break;
      case 162:
        message.event = { case: 'deviceRenamed', value: readDeviceRenamed(reader, reader.end()) };
        break;
      case 170:
        message.event = { case: 'deviceRemoved', value: readDeviceRemoved(reader, reader.end()) };
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readConversationJoined(reader: Reader, end: number): ConversationJoined {
  const message: ConversationJoined = {
    conversationId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readReadMoved(reader: Reader, end: number): ReadMoved {
  const message: ReadMoved = {
    conversationId: '',
    readSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.readSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDeviceAdded(reader: Reader, end: number): DeviceAdded {
  const message: DeviceAdded = {
    deviceId: '',
    name: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceId = reader.string();
        break;
      case 18:
        message.name = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDeviceRenamed(reader: Reader, end: number): DeviceRenamed {
  const message: DeviceRenamed = {
    deviceId: '',
    name: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceId = reader.string();
        break;
      case 18:
        message.name = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readDeviceRemoved(reader: Reader, end: number): DeviceRemoved {
  const message: DeviceRemoved = {
    deviceId: '',
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.deviceId = reader.string();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchUserEvents(reader: Reader, end: number): FetchUserEvents {
  const message: FetchUserEvents = {
    afterSeq: 0,
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 8:
        message.afterSeq = reader.uint64();
        break;
      case 16:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readUserEventPage(reader: Reader, end: number): UserEventPage {
  const message: UserEventPage = {
    events: [],
    lastSeq: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.events.push(readUserEvent(reader, reader.end()));
        break;
      case 16:
        message.lastSeq = reader.uint64();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}

export function readFetchConversation(reader: Reader, end: number): FetchConversation {
  const message: FetchConversation = {
    conversationId: '',
    limit: 0,
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
      case 10:
        message.conversationId = reader.string();
        break;
      case 16:
        message.limit = reader.uint32();
        break;
      default:
        reader.skip(tag);
    }
  }
  return message;
}
