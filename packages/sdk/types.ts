import type {
  Audience,
  ChosenPresence,
  ConversationChange,
  ConversationId,
  ConversationKind,
  DeviceId,
  GroupPolicy,
  LinkPreview,
  Member,
  PresenceAudience,
  PresenceChoice,
  ReceiptCount,
  RecordKey,
  Relation,
  Role,
  UserId,
} from '@hongyan/protocol';
import type { SearchPage, SearchQuery } from './search/types.ts';

/** Somebody, as others see them. */
export interface Person {
  userId: UserId;
  handle: string;
  displayName: string;
  statusLine: string;
}

/** What the account says of somebody, and what they are to each other; alike on all its devices, and there without a network. */
export interface Contact {
  userId: UserId;
  relation: Relation;
  /** What the account calls them; empty: as they call themselves. Only the account sees it. */
  remark: string;
  labels: readonly string[];
  /** Nothing new comes from them: no messages, requests or invitations (PPL-3). */
  blocked: boolean;
}

/** Somebody's request to join a group, by its link. */
export interface JoinRequest {
  conversationId: ConversationId;
  userId: UserId;
  /** The account's own; otherwise it is the account, as an administrator, that may answer. */
  mine: boolean;
  /** What they wrote to those who decide. */
  text: string;
  atMs: number;
}

/** The group that a link leads to. */
export interface GroupPreview {
  name: string;
  /** As of a Conversation. */
  avatar: string;
  memberCount: number;
  /** `open`: at once, `question`: with the right answer, `approval`: when an administrator says yes. */
  joining: 'open' | 'approval' | 'question';
  /** Empty unless `joining` is `question`. */
  question: string;
}

/** The signed-in account on this device. */
export interface Me extends Person {
  deviceId: DeviceId;
}

/** What a device is, as it says itself when it signs in. */
export type DeviceKind = 'phone' | 'desktop' | 'web' | 'terminal' | 'bot';

/** What this device is to be called in the account's list of devices. */
export interface DeviceOptions {
  deviceName?: string;
  /** `web` when it is left out. */
  deviceKind?: DeviceKind;
}

/** A device that is signed in to the account. */
export interface Device {
  deviceId: DeviceId;
  name: string;
  kind: DeviceKind;
  /** When it signed in. */
  createdAtMs: number;
  /** Some minutes old. */
  lastSeenAtMs: number;
  /** Whether it is this one. */
  current: boolean;
}

/** Why this device is signed in no more, when it was not the person here who signed it out. */
export interface SessionEnd {
  /** `replaced`: a newer device took its place. `unknown`: the server does not say. */
  reason: 'signed-out' | 'revoked' | 'replaced' | 'password-changed' | 'unknown';
  /** The name of the device that did it: the newer one, or the one the person had in hand; empty when it has none. */
  deviceName: string;
}

/** A session as the server gives it; an app's backend gets one for its user with its API key, and hands it on. */
export interface MintedSession extends Me {
  accessToken: string;
  accessTokenExpiresAtMs: number;
  refreshToken: string;
}

/** Whether the client reaches the server, as a person should be told. */
export type ConnectionState =
  | { status: 'signed-out' }
  | { status: 'connecting'; attempt: number }
  | { status: 'syncing' }
  /** `weak`: answers are slow, or something had to be said again lately (CON-6). Everything works, only later. */
  | { status: 'online'; quality: 'good' | 'weak' }
  /** Not connected; tries again at `retryAtMs` (local clock), or when the platform reports a network (undefined). */
  | {
      status: 'offline';
      reason: string;
      retryAtMs: number | undefined;
      /** Attempts since the client was last online. */
      failures: number;
    }
  /** All gateways are full: the client has a place in the line, 1 being the next, and asks again at `retryAtMs` (local clock). */
  | { status: 'queued'; place: number; retryAtMs: number }
  /** The server will not have this client back (wrong version): only an update helps. */
  | { status: 'stopped'; reason: string };

/** What a line of a conversation says. */
export type MessageContent =
  /** Unicode, for the reader to render as Markdown; `<@u…>` and `<@all>` mention an account, or all members. */
  | { kind: 'text'; text: string; preview?: LinkPreview | undefined }
  | { kind: 'contact'; userId: UserId }
  /** Several messages that were forwarded as one. */
  | { kind: 'bundle'; title: string; messages: readonly BundledContent[] }
  /** The group began. */
  | { kind: 'created'; name: string }
  /** The sender changed the conversation: a line of the system. */
  | { kind: 'change'; change: GroupChange }
  /** Recalled, by `recalledBy`, or its lifetime is over: nothing of it is left, here or anywhere. */
  | { kind: 'erased'; recalledBy: UserId | undefined }
  /** Of a kind this version does not know; shown as a placeholder. */
  | { kind: 'unknown' };

/**
 * What may be changed in a conversation, each by a message of its own: `name`, `avatar`, `announcement`, `pinnedSeq`,
 * `unpinnedSeq`, `lifetimeMs` (of new messages; 0: they stay), `policy`, `membersAdded` (invites), `membersRemoved`, `left`
 * (the account itself), `roleGiven` (OWNER passes the group on), `memberMuted`, `nickname` (the account's own) and `dissolved`.
 * Who may do what the server decides.
 */
export type GroupChange = NonNullable<ConversationChange['change']>;

/** What can be written. In a text `<@u…>` and `<@all>` mention an account, or all members. */
export type Outgoing = Extract<MessageContent, { kind: 'text' | 'contact' | 'bundle' }>;

/** How long a message lives, in milliseconds from when it was sent, or read by the one it was written to. */
export interface Lifetime {
  ms: number;
  from: 'sent' | 'read';
}

export interface SendOptions {
  /** The message of the same conversation that it answers. */
  replyToSeq?: number;
  /** Without one, what the conversation says. */
  lifetime?: Lifetime;
}

/** What a message said at some time. */
export interface MessageVersion {
  content: MessageContent;
  /** Since when, by the server's clock. */
  timeMs: number;
}

/** Higher roles first. */
export interface MembersPage {
  members: Member[];
  /** To be given as `after` for the page that follows; undefined: that was all. */
  next: string | undefined;
}

export interface MemberList {
  /** Higher roles first. */
  members: readonly Member[];
  /** Whether there are others, for `loadMore`. */
  hasMore: boolean;
}

/** How far somebody is with a message; `delivered`: has it, and did not read it. */
export type ReceiverStage = 'read' | 'delivered' | 'missing';

/** Ascending by id. */
export interface ReceiversPage {
  userIds: readonly UserId[];
  /** To be given as `after` for the page that follows; undefined: that was all. */
  next: UserId | undefined;
}

/** A change made here was not taken, and is not shown any more. */
export interface ChangeFailure {
  /** Of the change. */
  id: string;
  conversationId: ConversationId;
  /** The message that was to be changed; undefined: the conversation itself. */
  seq: number | undefined;
  kind: 'edit' | 'recall' | 'reaction' | 'conversation';
  /** As of a failed message (`MessageState`). */
  reason: string;
}

/**
 * What was kept on this device as a record of the account was not taken by the server, so what that has is shown again: `friend`
 * (a request), `asking` (to join a group), `setting` and so on. `reason` as of a failed message: `NOT_ACCEPTED` by somebody who
 * blocks the account, `FORBIDDEN` with a wrong answer or link, `LIMIT_EXCEEDED` for what is too long or too many.
 */
export type RecordRefusal = RecordKey & { reason: string };

export interface BundledContent {
  senderId: UserId;
  /** As the one who forwarded it saw it. */
  senderName: string;
  timeMs: number;
  content: MessageContent;
}

/** The message that another one answers. `unknown` while it is not held and not fetched, or may not be read. */
export interface Quote {
  seq: number;
  message: Message | 'unknown' | 'erased';
}

/** Who reacts to a message with one emoji. */
export interface ReactionCount {
  emoji: string;
  userIds: readonly UserId[];
  mine: boolean;
}

/** C7: the life of a message as its sender sees it; others' messages are `received`. */
export type MessageState =
  | { name: 'queued' }
  | { name: 'sending' }
  | { name: 'sent' }
  | { name: 'delivered' }
  | { name: 'read' }
  /** `reason` is the name of the server's error code, or `no-answer`; `failureKind` says what it comes down to. */
  | { name: 'failed'; reason: string }
  | { name: 'received' };

export interface Message {
  /** The client message id: the same on all devices and for ever, a good key for a list. */
  id: string;
  conversationId: ConversationId;
  /** Its place in the log; undefined until the server gave one. */
  seq: number | undefined;
  senderId: UserId;
  mine: boolean;
  clientTimeMs: number;
  /** Undefined until the server has it. */
  serverTimeMs: number | undefined;
  /** When it happened, as people are shown it: the server's time; when it was written where it came late or is not there yet. */
  timeMs: number;
  content: MessageContent;
  state: MessageState;
  /** The message that it answers. */
  replyTo: Quote | undefined;
  /** Who wrote first what this one forwards. */
  originId: UserId | undefined;
  /** In the order in which they were first used. */
  reactions: readonly ReactionCount[];
  /** When its text last changed, by the server's clock; undefined: never. */
  editedAtMs: number | undefined;
  /** It was recalled, or its lifetime is over: `content` is `erased`. */
  erased: boolean;
  /** A change of it made here is on its way; it is shown already, and taken back when it is refused. */
  changing: boolean;
  /** It mentions the account, or all members. */
  mentionsMe: boolean;
  /** Its lifetime begins when its recipient has read it. */
  livesFromRead: boolean;
  /** When it will be erased, by the server's clock; undefined: never, or when its recipient has read it. */
  expiresAtMs: number | undefined;
}

export interface Conversation {
  id: ConversationId;
  kind: ConversationKind;
  /** The other one in a direct conversation, undefined in the self conversation. */
  peerId: UserId | undefined;
  lastMessage: Message | undefined;
  /** Others' messages after one's own read position: derived, never counted up and down. */
  unreadCount: number;
  /** Of these, those that mention the account or all members. */
  mentionCount: number;
  /** The person wants to come back to it; until it is read, on whatever device. Adds nothing to `unreadCount`. */
  markedUnread: boolean;
  /** What of it the account wants to be told of; the same on all its devices. */
  notify: Notify;
  /** Above all others in the list; the same on all its devices. */
  onTop: boolean;
  /** Own messages here that failed and wait for the person (C7). */
  failedCount: number;
  /** When something was last said, for sorting. */
  activeAtMs: number;
  /** Of a group; empty otherwise. Changes made here are shown before the server has them, here and in what follows. */
  name: string;
  /** An emoji, or a file's id; empty: none. */
  avatar: string;
  announcement: string;
  /** Who has read up to here has read the announcement. */
  announcementSeq: number;
  /** In the order of pinning. */
  pinnedSeqs: readonly number[];
  /** Of messages written from now on; 0: they stay. */
  lifetimeMs: number;
  /** Of the group's link; who knows it may join as `policy` says. Empty: there is none. */
  linkCode: string;
  /** Undefined: as in every new group. */
  policy: GroupPolicy | undefined;
  memberCount: number;
  /** What the account is in a group; UNSPECIFIED where there are no roles. */
  role: Role;
  nickname: string;
  /** Until when the account may not write, by the server's clock; Infinity: while the group's policy says so; 0: it may. */
  mutedUntilMs: number;
  /** The account is no member any more: it keeps what it holds, and can write nothing. */
  former: boolean;
  /** Nobody writes any more. */
  dissolved: boolean;
}

/** What of a conversation the account wants to be told of; `mentions`: of what mentions it, or all members. */
export type Notify = 'all' | 'mentions' | 'none';

/** What is unread in all conversations together, without what the account does not want to be told of (`Conversation.notify`). */
export interface Unread {
  messages: number;
  /** Of these, those that mention the account or all members. */
  mentions: number;
  /** In which there is something unread, or which are marked as unread. */
  conversations: number;
}

/** Where a timeline begins: at a message, at the first of a day or moment, or where the account has not read on. */
export type TimelinePlace = { seq: number } | { date: Date } | 'first-unread';

/** A growing window onto one conversation, newest messages at the end. */
export interface Timeline {
  readonly conversationId: ConversationId;
  /** Once it is known where the timeline begins. Rejects with SdkError when a date could not be found, as without a connection. */
  readonly ready: Promise<void>;
  /** Ascending. A new array after every change, unchanged messages keep their identity. */
  readonly messages: readonly Message[];
  /** Whether older messages exist that are not in `messages`. */
  readonly hasOlder: boolean;
  /** Whether newer messages exist that are not in `messages`: it was opened at a place, and has not reached the end. */
  readonly hasNewer: boolean;
  /** Adds up to `count` older messages, from the device's store or the server. Rejects with SdkError when it cannot reach them. */
  loadOlder(count?: number): Promise<void>;
  /** As `loadOlder`, towards the end; there the timeline goes on by itself. */
  loadNewer(count?: number): Promise<void>;
  /** The person has seen everything this device holds. Moves the read position forward, on all devices and for the sender. */
  markRead(): void;
  onChange(listener: () => void): Unsubscribe;
  close(): void;
}

/**
 * A value that is kept up to date while somebody listens, and costs nothing otherwise. It is the same object until it is another,
 * so it fits whatever binds a UI: React's `useSyncExternalStore(query.onChange, () => query.value)`, or a `shallowRef` in Vue.
 */
export interface LiveQuery<T> {
  readonly value: T;
  readonly onChange: (listener: () => void) => Unsubscribe;
}

/** Of a group, from the top; nobody until the server has answered. */
export interface LiveMembers extends LiveQuery<MemberList> {
  /** Adds those that follow. Rejects with SdkError, as without a connection. */
  loadMore(): Promise<void>;
}

/** What `send` gives back; the message is already in the outbox and in every open timeline. */
export interface SendHandle {
  readonly id: string;
  readonly state: MessageState;
  onChange(listener: (state: MessageState) => void): Unsubscribe;
  /** Resolves when the state is `name` or beyond it (queued < sending < sent < delivered < read); rejects with SdkError when it failed, until it is tried again. */
  until(name: 'sent' | 'delivered' | 'read'): Promise<void>;
}

export type Unsubscribe = () => void;

/** A draft has another text than before; it is empty when there is none any more. */
export interface DraftChange {
  conversationId: ConversationId;
  text: string;
}

/** A setting of the account has another value than before; undefined when there is none any more. */
export interface SettingChange {
  name: string;
  value: string | undefined;
}

/** What somebody's device is; `other` when it was not said. */
export type DeviceKindName = 'web' | 'desktop' | 'phone' | 'tablet' | 'other';

/** How somebody is to be shown, as far as they let this account see it (PRS-5). */
export interface Presence {
  userId: UserId;
  /** `away`: chosen, or nobody is at any of the devices. `offline` also when it is not to be seen. */
  state: 'online' | 'away' | 'do-not-disturb' | 'offline';
  /** One for each kind that is connected. */
  devices: readonly { kind: DeviceKindName; isIdle: boolean }[];
  /** About when somebody who is offline was there last (milliseconds since 1970, rounded); undefined: not known, or not told. */
  lastSeenMs: number | undefined;
}

/** Somebody who writes or records a message now. */
export interface Typist {
  userId: UserId;
  kind: 'typing' | 'recording';
}

/** Somebody types in a conversation that is watched, or does not any more. */
export interface TypingChange {
  conversationId: ConversationId;
  typists: readonly Typist[];
}

/** What a part of an application shows. */
export interface WatchedParts {
  people?: readonly UserId[];
  conversations?: readonly ConversationId[];
}

export interface ClientEvents {
  connection: ConnectionState;
  /** The account changed: signed in, out, or renamed. */
  me: Me | undefined;
  /** The list or an item of it changed; read it from `client.conversations`. */
  conversations: readonly Conversation[];
  /** A message from somebody else, or from another device of one's own, was added to the log. In log order per conversation, each once. */
  message: Message;
  /** A profile became known or changed. */
  person: Person;
  /** On this device or another one of the account. */
  draft: DraftChange;
  /** On this device or another one of the account. */
  setting: SettingChange;
  changeFailed: ChangeFailure;
  /** What is known or said of somebody changed: the relation, remark, labels or block. */
  contact: Contact;
  /** Requests to join groups came or went; read them from `client.joinRequests`. */
  joinRequests: readonly JoinRequest[];
  recordRefused: RecordRefusal;
  /** The list of the account's devices may have changed; read it with `client.devices()`. */
  devices: undefined;
  /** The server ended the session of this device; `me` is undefined by now. What was not sent is kept (OUT-9). */
  sessionEnded: SessionEnd;
  /** Somebody who is watched is to be shown in another way. */
  presence: Presence;
  typing: TypingChange;
  /** Something went wrong that no call could report. */
  error: SdkError;
}

export interface Credentials {
  handle: string;
  password: string;
}

export interface Client {
  readonly connection: ConnectionState;
  readonly me: Me | undefined;
  /** Those on top first, then by what was said last. */
  readonly conversations: readonly Conversation[];
  /** Changes with `conversations`. */
  readonly unread: Unread;
  /** Reads the device's store and, if somebody is signed in there, shows it at once and connects. */
  start(): Promise<Me | undefined>;
  register(account: Credentials & { displayName: string } & DeviceOptions): Promise<Me>;
  signIn(account: Credentials & DeviceOptions): Promise<Me>;
  /** With the session that an app's backend got for its user. Rejects with SdkError `invalid-input` when it is none. */
  signInWith(session: MintedSession): Promise<Me>;
  /** Ends this device's session and erases what the device holds. Others stay signed in. */
  signOut(): Promise<void>;
  updateProfile(profile: { displayName?: string; statusLine?: string }): Promise<Me>;
  /** The devices that are signed in to the account, the first to do so first (`devices` event). */
  devices(): Promise<Device[]>;
  renameDevice(deviceId: DeviceId, name: string): Promise<Device>;
  /** Signs a device of the account out, at once. Rejects with SdkError `refused` when it is not the account's. */
  revokeDevice(deviceId: DeviceId): Promise<void>;
  /** Signs all other devices out. Rejects with SdkError `invalid-credentials` when `currentPassword` is wrong. */
  changePassword(passwords: { currentPassword: string; newPassword: string }): Promise<void>;
  findPeople(text: string): Promise<Person[]>;
  /** What is known now; asks the server in the background when nothing is (`person` event). */
  person(userId: UserId): Person | undefined;
  /** Everyone with whom there is a relation, remark, label or block, in no order. A new array after changes (`contact` event). */
  readonly contacts: readonly Contact[];
  /** Of anybody; the same object until it changes. */
  contact(userId: UserId): Contact;
  /**
   * Asks somebody to be friends, with up to 200 characters, or says yes to their request. This and what follows is done at once
   * on the device, carried out when there is a network, and taken back with `recordRefused` when the server refuses it.
   */
  befriend(userId: UserId, greeting?: string): void;
  /** Says no to a request, takes one's own back, or ends the friendship. */
  unfriend(userId: UserId): void;
  /** What is left out stays. */
  setRemark(userId: UserId, changes: { remark?: string; labels?: readonly string[] }): void;
  setBlocked(userId: UserId, blocked: boolean): void;
  /** From whom the account takes messages (PPL-4). */
  readonly whoMayWrite: Audience;
  setWhoMayWrite(audience: Audience): void;
  /** Who may take the account into groups. */
  readonly whoMayInvite: Audience;
  setWhoMayInvite(audience: Audience): void;
  /** What group a link leads to. Rejects with SdkError, `refused` when it leads to none. */
  previewGroup(conversationId: ConversationId, linkCode: string): Promise<GroupPreview>;
  /**
   * Asks to join a group: `text` is the answer to its question, or what its administrators are told. The group is among the
   * conversations once the account is a member; until then the request is in `joinRequests`, also while there is no network.
   */
  askToJoin(conversationId: ConversationId, linkCode: string, text?: string): void;
  /** The account's own, and those that it may answer; the oldest first. A new array after changes. */
  readonly joinRequests: readonly JoinRequest[];
  /** Lets them in. */
  acceptJoinRequest(request: JoinRequest): SendHandle;
  /** Says no, which nobody is told; or takes one's own request back. */
  dismissJoinRequest(request: JoinRequest): void;
  conversationWith(userId: UserId): ConversationId;
  readonly notesToSelf: ConversationId;
  openTimeline(conversationId: ConversationId, options?: { at?: TimelinePlace }): Timeline;
  sendText(conversationId: ConversationId, text: string): SendHandle;
  send(conversationId: ConversationId, content: Outgoing, options?: SendOptions): SendHandle;
  /**
   * Says messages again elsewhere, each by itself with who wrote it first, or all as one with a `title`. What was erased and
   * lines of the system are left out.
   */
  forward(messages: readonly Message[], to: ConversationId, how: 'one-by-one' | 'merged', title?: string): SendHandle[];
  /** Gives one's own message another text. This and what follows is shown at once; when it is refused: `changeFailed`. */
  edit(message: Message, text: string): SendHandle;
  /** Erases a message everywhere; one that was not sent yet is discarded. */
  recall(message: Message): SendHandle;
  /** All that the account reacts with from here on; none: nothing any more. */
  react(message: Message, emoji: readonly string[]): SendHandle;
  /** Pins a message in its conversation for everybody there, or takes that back. It must have a place in the log. */
  pin(message: Message, pinned: boolean): SendHandle;
  change(conversationId: ConversationId, change: GroupChange): SendHandle;
  /** How the message read before its edits, oldest first. Rejects with SdkError, as without a connection. */
  history(message: Message): Promise<MessageVersion[]>;
  /** The members, or those whose handle, name or nickname contains `query`. Rejects with SdkError, as without a connection. */
  members(
    conversationId: ConversationId,
    options?: { query?: string; after?: string; limit?: number },
  ): Promise<MembersPage>;
  /** Those members live: asked for anew when somebody comes, goes or changes. */
  liveMembers(conversationId: ConversationId, query?: string): LiveMembers;
  /**
   * How many of those who may read them have each of up to 50 messages, of one's own or others; their senders left out. Live: as
   * it is told in groups of up to 500, asked for every few seconds in larger ones. Empty until the server has answered, and
   * where the group's policy has `receiptsHidden`.
   */
  receipts(conversationId: ConversationId, seqs: readonly number[]): LiveQuery<readonly ReceiptCount[]>;
  /** Who is at a stage with a message. Rejects with SdkError, as without a connection. */
  receivers(
    message: Pick<Message, 'conversationId' | 'seq'>,
    stage: ReceiverStage,
    options?: { after?: UserId; limit?: number },
  ): Promise<ReceiversPage>;
  /**
   * What the page behind a link says of itself, to be sent with a text that has the link in it. Rejects with SdkError: `refused`
   * when there is nothing to show.
   */
  previewLink(url: string): Promise<LinkPreview>;
  /**
   * Finds messages, newest first; needs the option `search` of `createClient`. Without the server it looks through what this
   * device holds, and says so (`complete`). Rejects with SdkError: `invalid-input` for a query that asks for nothing, `network`
   * when a search that the server began cannot go on.
   */
  search(query: SearchQuery): Promise<SearchPage>;
  /** Makes a group of the account and these people. Rejects with SdkError. */
  createGroup(group: { name: string; members: readonly UserId[] }): Promise<ConversationId>;
  /** Sends a failed message again, under the same id, behind all that was written since and with the time of now. */
  retry(messageId: string): void;
  /** Tries to connect at once instead of at `retryAtMs`: the person asks for it. Does nothing while connected. */
  reconnectNow(): void;
  /** Takes a failed or queued message out of the outbox. */
  discard(messageId: string): void;
  /** What was written in a conversation and not sent, on any of the account's devices; empty when there is nothing. */
  draft(conversationId: ConversationId): string;
  /**
   * Keeps a draft at once on this device and, when it can, on the account's others; of two changes the later stays. One
   * longer than the server takes (`Limits.record_value_bytes_max`) stays on this device.
   */
  setDraft(conversationId: ConversationId, text: string): void;
  /** A setting that is alike on all the account's devices; undefined when it was never made. */
  setting(name: string): string | undefined;
  /** `name` is `[a-z][a-z0-9-]{0,31}`; an empty value removes it. Throws SdkError `invalid-input` for another name. */
  setSetting(name: string, value: string): void;
  /** Shows a conversation as unread on all the account's devices until it is opened again; others see nothing of it. */
  markUnread(conversationId: ConversationId): void;
  setNotify(conversationId: ConversationId, notify: Notify): void;
  /** Keeps a conversation at the top of the list, or does not any more. */
  setOnTop(conversationId: ConversationId, onTop: boolean): void;
  /** As `markRead` of an open timeline: the person has seen everything this device holds of the conversation. */
  markRead(conversationId: ConversationId): void;
  /**
   * Hides what is in a conversation now on all the account's devices, and takes it off the list until something new
   * comes; others keep it. Messages that failed are discarded.
   */
  clearConversation(conversationId: ConversationId): void;
  /** Takes the last `clearConversation` back. */
  restoreConversation(conversationId: ConversationId): void;
  /**
   * Says what is on the screen, until the returned function is called: of these people the presence is known, and in these
   * conversations who types. Calls add up and reach the server together; it takes `Limits.watched_users_max` people and
   * `watched_conversations_max` conversations, the ones watched last.
   */
  watch(parts: WatchedParts): Unsubscribe;
  /** Of somebody who is watched; undefined until it is known. While the client is not online, as it was known last. */
  presence(userId: UserId): Presence | undefined;
  /** Who types in a conversation that is watched; the same array until that changes. */
  typists(conversationId: ConversationId): readonly Typist[];
  /** The person types, records, or does not any more; may be called with every key. Needs the conversation to be watched. */
  typing(conversationId: ConversationId, name?: 'typing' | 'recording' | 'stopped'): void;
  /** Nobody is at this device, or somebody is again. */
  setIdle(isIdle: boolean): void;
  /** What the person chose to be shown as, on all devices. */
  readonly chosenPresence: ChosenPresence;
  /** `untilMs`: when it ends by itself (milliseconds since 1970). */
  setPresence(choice: PresenceChoice, untilMs?: number): void;
  /** To whom the account's presence is shown. */
  readonly presenceAudience: PresenceAudience;
  setPresenceAudience(audience: PresenceAudience): void;
  /**
   * Whatever can be read of this client, live: `live(() => client.conversations)`, `live(() => client.unread)`,
   * `live(() => client.contact(userId))`, `live(() => timeline.messages)`. `read` is called after every event, so it should only
   * look something up.
   */
  live<T>(read: () => T): LiveQuery<T>;
  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): Unsubscribe;
  /** Disconnects and releases everything; what is in the outbox stays there. */
  close(): Promise<void>;
}

export type SdkErrorCode =
  | 'invalid-credentials'
  | 'handle-taken'
  | 'invalid-input'
  | 'rate-limited'
  | 'signed-out'
  | 'network'
  | 'server'
  | 'refused'
  | 'store'
  /** Another program uses the store of this device. */
  | 'store-in-use';

interface SdkErrorOptions extends ErrorOptions {
  retryAfterMs?: number;
  end?: SessionEnd | undefined;
}

/** The one error class of the SDK. `message` is English for developers; show a text of your own by `code`. */
export class SdkError extends Error {
  override readonly name = 'SdkError';
  readonly code: SdkErrorCode;
  readonly retryAfterMs: number;
  /** With `signed-out`, when the server says why. */
  readonly end: SessionEnd | undefined;

  constructor(code: SdkErrorCode, message: string, options: SdkErrorOptions = {}) {
    super(message, options);
    this.code = code;
    this.retryAfterMs = options.retryAfterMs ?? 0;
    this.end = options.end;
  }
}
