import type { ConversationId, ConversationKind, DeviceId, UserId } from '@hongyan/protocol';

/** Somebody, as others see them. */
export interface Person {
  userId: UserId;
  handle: string;
  displayName: string;
  statusLine: string;
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

/** Content as people write it. */
export type MessageContent =
  | { kind: 'text'; text: string }
  /** Of a kind this version does not know; shown as a placeholder. */
  | { kind: 'unknown' };

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
}

export interface Conversation {
  id: ConversationId;
  kind: ConversationKind;
  /** The other one in a direct conversation, undefined in the self conversation. */
  peerId: UserId | undefined;
  lastMessage: Message | undefined;
  /** Others' messages after one's own read position: derived, never counted up and down. */
  unreadCount: number;
  /** The person wants to come back to it; until it is read, on whatever device. Adds nothing to `unreadCount`. */
  markedUnread: boolean;
  /** Own messages here that failed and wait for the person (C7). */
  failedCount: number;
  /** When something last happened, for sorting. */
  activeAtMs: number;
}

/** A growing window onto one conversation, newest messages at the end. */
export interface Timeline {
  readonly conversationId: ConversationId;
  /** Ascending. A new array after every change, unchanged messages keep their identity. */
  readonly messages: readonly Message[];
  /** Whether older messages exist that are not in `messages`. */
  readonly hasOlder: boolean;
  /** Adds up to `count` older messages, from the device's store or the server. Rejects with SdkError when it cannot reach them. */
  loadOlder(count?: number): Promise<void>;
  /** The person has seen everything in the window. Moves the read position forward, on all devices and for the sender. */
  markRead(): void;
  onChange(listener: () => void): Unsubscribe;
  close(): void;
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
  /** The list of the account's devices may have changed; read it with `client.devices()`. */
  devices: undefined;
  /** The server ended the session of this device; `me` is undefined by now. What was not sent is kept (OUT-9). */
  sessionEnded: SessionEnd;
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
  /** Most recently active first. */
  readonly conversations: readonly Conversation[];
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
  conversationWith(userId: UserId): ConversationId;
  readonly notesToSelf: ConversationId;
  openTimeline(conversationId: ConversationId): Timeline;
  sendText(conversationId: ConversationId, text: string): SendHandle;
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
  /** As `markRead` of an open timeline: the person has seen everything this device holds of the conversation. */
  markRead(conversationId: ConversationId): void;
  /**
   * Hides what is in a conversation now on all the account's devices, and takes it off the list until something new
   * comes; others keep it. Messages that failed are discarded.
   */
  clearConversation(conversationId: ConversationId): void;
  /** Takes the last `clearConversation` back. */
  restoreConversation(conversationId: ConversationId): void;
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
