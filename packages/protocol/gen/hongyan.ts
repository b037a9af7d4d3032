// Generated from spec/hongyan/v1 by `npm run generate`. Do not edit.
/** Of the schema's text: a change of the schema changes it. */
export const SCHEMA_HASH = 'c25d2258230b4de8';

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

/** What a message is; one that has a text and a link in it is both. */
export const ContentKind = {
  UNSPECIFIED: 0,
  TEXT: 1,
  /** a text with an address in it */
  LINK: 2,
  CONTACT: 3,
  BUNDLE: 4,
} as const;
export type ContentKind = (typeof ContentKind)[keyof typeof ContentKind];

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
    | { case: 'search'; value: Search }
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
    | { case: 'searchPage'; value: SearchPage }
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

/** Looks for messages in the account's conversations, newest first. At least one of text, sender_ids, kinds and times is given, and what is given has to fit. */
export interface Search {
  /** terms between spaces, all of which the message has; in quotation marks: as they stand */
  text: string;
  /** none: all of the account's */
  conversationIds: string[];
  /** by any of them */
  senderIds: string[];
  /** of any of them */
  kinds: ContentKind[];
  /** server_time_ms is at least this */
  fromMs: number;
  /** and less than this; 0: no bound */
  toMs: number;
  /** SearchPage.next of the page before, with the same query */
  before?: SearchCursor | undefined;
  limit: number;
}

/** How far a search has come; for the server that gave it out. */
export interface SearchCursor {
  /** what is left in all other conversations is not later than this */
  timeMs: number;
  positions: SearchPosition[];
}

export interface SearchPosition {
  /** 48 bits of the conversation's id (see SYN-8) */
  conversationHash: number;
  /** what is left is before it, 0: nothing is */
  beforeSeq: number;
  /** and not later than this */
  timeMs: number;
}

export interface SearchPage {
  hits: SearchHit[];
  /** none: that was all; there may be one and no hits, when looking took too long */
  next?: SearchCursor | undefined;
}

export interface SearchHit {
  entry?: Entry | undefined;
  /** ascending: later entries that change the message and still count */
  changes: Entry[];
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
