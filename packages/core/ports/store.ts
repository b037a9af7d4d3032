import type {
  AccountRecord,
  ConversationId,
  Cursor,
  DeviceId,
  Entry,
  EntryKind,
  UserEvent,
  UserId,
} from '@hongyan/protocol';

/**
 * Durable state: accounts, devices, conversation logs, cursors, user logs, account records, device positions and secrets.
 *
 * What every adapter guarantees (the contract suite in `@hongyan/testkit` proves it of each):
 *
 * - **Durable.** When a promise of a write resolves, the write has been committed to stable storage (fsync) and survives
 *   a crash of process and machine. Writes asked for together may share one commit.
 * - **All or nothing.** A write happens as a whole or not at all. One that rejects with `StoreError` kind `rejected` has
 *   changed nothing; kind `unavailable` leaves it unknown, and asking again is safe for every method here.
 * - **One order.** Within a conversation seqs are contiguous from 1, without holes, in the order of commit; the same holds
 *   for each account's user log. No reader ever sees seq n before seq n - 1.
 * - **Read your writes.** A read that starts after a write resolved sees it.
 * - **Bounded.** Every read takes a limit. An adapter that has too much to do rejects with `unavailable`.
 */
export interface Store {
  readonly accounts: AccountStore;
  readonly log: LogStore;
  readonly cursors: CursorStore;
  readonly userLog: UserLogStore;
  readonly records: RecordStore;
  readonly secrets: SecretStore;
  /** Refuses new work, finishes what was accepted, then releases files and threads. */
  close(): Promise<void>;
}

export interface LogStore {
  /**
   * Appends one entry and answers with its place. If `(senderId, clientMessageId)` was appended before, nothing is written
   * and the first one's answer comes back with `duplicate: true`, whatever else the request says.
   * The first entry of a conversation also creates it: its members, and a `conversationJoined` event in each member's
   * user log, in the same commit.
   */
  append(request: AppendRequest): Promise<Appended>;
  /**
   * Entries with afterSeq < seq < beforeSeq in ascending order: the oldest `limit` of them, or the newest. The run ends
   * early, without a hole, before its bodies pass `bytesMax`; what was asked for is never empty for its size alone.
   */
  read(query: EntryQuery): Promise<Entry[]>;
  /** The state of one conversation, undefined when nothing was ever appended to it. */
  head(conversationId: ConversationId): Promise<ConversationHead | undefined>;
  /**
   * All conversations of an account with their cursors, the most recently active first. Of one with more than
   * RECEIPT_MEMBERS_MAX members the account's own cursor only.
   */
  heads(userId: UserId, limit: number): Promise<ConversationHead[]>;
  /**
   * How many entries with afterSeq < seq <= throughSeq are by somebody other than `userId`, exactly up to `max`. Looks at no
   * more than the newest `scanMax` of them, so behind a longer run it tells what it saw: never more than there are.
   */
  countOthers(query: OthersQuery): Promise<number>;
}

export interface OthersQuery {
  conversationId: ConversationId;
  userId: UserId;
  afterSeq: number;
  /** Inclusive. */
  throughSeq: number;
  max: number;
  scanMax: number;
}

export interface AppendRequest {
  conversationId: ConversationId;
  /** Who belongs to the conversation if this is its first entry. */
  members: readonly UserId[];
  kind: EntryKind;
  senderId: UserId;
  clientMessageId: string;
  clientTimeMs: number;
  serverTimeMs: number;
  /** Not a view onto a network buffer: the adapter keeps it. */
  body: Uint8Array;
}

export interface Appended {
  conversationId: ConversationId;
  seq: number;
  serverTimeMs: number;
  duplicate: boolean;
  /** The user-log events this append created (empty unless it is the conversation's first entry). */
  joined: readonly { userId: UserId; event: UserEvent }[];
}

export interface EntryQuery {
  conversationId: ConversationId;
  afterSeq: number;
  /** Exclusive; Number.MAX_SAFE_INTEGER for no bound. */
  beforeSeq: number;
  limit: number;
  /** The sum of the bodies' bytes that the answer may have; a single entry may have more. */
  bytesMax: number;
  from: 'oldest' | 'newest';
}

export interface ConversationHead {
  conversationId: ConversationId;
  lastSeq: number;
  memberCount: number;
  /** One per member; a member without a cursor row has zeros. */
  cursors: Cursor[];
}

export interface CursorStore {
  /**
   * Merges by max, cursors, device positions and when accounts were seen alike, in one commit. Where the stored read position grew, a `readMoved`
   * event is added to that account's user log in the same commit and returned. Positions of a device that is not there (any
   * more) are dropped: they are written behind, and the device may have been signed out meanwhile.
   */
  advance(batch: CursorBatch): Promise<{ userId: UserId; event: UserEvent }[]>;
  /** How far each device that ever said so holds a conversation. */
  devicePositions(conversationId: ConversationId): Promise<DevicePosition[]>;
}

export interface CursorBatch {
  cursors: readonly (Cursor & { conversationId: ConversationId })[];
  positions: readonly DevicePosition[];
  seen?: readonly LastSeen[];
  timeMs: number;
}

/** When an account was connected last. */
export interface LastSeen {
  userId: UserId;
  seenMs: number;
}

export interface DevicePosition {
  conversationId: ConversationId;
  userId: UserId;
  deviceId: DeviceId;
  seq: number;
}

export interface UserLogStore {
  /** Events with seq > afterSeq in ascending order. */
  read(query: { userId: UserId; afterSeq: number; limit: number }): Promise<UserEvent[]>;
  /** The last seq of an account's user log; 0 when it is empty. */
  lastSeq(userId: UserId): Promise<number>;
}

/** Records an account may have; one more is `rejected` (`too-many-records`). */
export const RECORDS_MAX = 20_000;

/**
 * What an account keeps alike on all its devices, one value to a key. Each change that stays is an event in the user log,
 * in the same commit; the log keeps the key alone, and reading the event gives the record as it is now.
 */
export interface RecordStore {
  /**
   * Of two changes of one key the later stays (REC-2), in whatever order they come. Answers the event; undefined when an
   * equal or later change is there already, and then nothing is written. The value is not a view onto a network buffer:
   * the adapter keeps it. Rejects with `rejected` (`too-many-records`) when a new key would be one more than `RECORDS_MAX`.
   */
  set(change: RecordChange): Promise<UserEvent | undefined>;
  /**
   * The records whose last change has a place > afterSeq in the user log, ascending by it: the oldest `limit` of them. The
   * answer ends early, without leaving one out, before its values pass `bytesMax`, but is not empty for a value's size alone.
   */
  changedSince(query: RecordQuery): Promise<PlacedRecord[]>;
  /** What these accounts have under these keys, in no order. As many rows as there may be of them: ask for few. */
  under(keys: readonly string[], userIds: readonly UserId[]): Promise<OwnedRecord[]>;
}

export interface RecordChange extends AccountRecord {
  userId: UserId;
  /** The event's time. */
  timeMs: number;
}

export interface RecordQuery {
  userId: UserId;
  afterSeq: number;
  limit: number;
  bytesMax: number;
}

export interface OwnedRecord {
  userId: UserId;
  record: AccountRecord;
}

export interface PlacedRecord {
  /** Of the event that its last change was. */
  seq: number;
  record: AccountRecord;
}

export interface AccountStore {
  /** Rejects with `rejected` (`handle-taken`) when the handle exists; handles compare without regard to case. */
  createUser(user: UserRecord): Promise<void>;
  userById(userId: UserId): Promise<UserRecord | undefined>;
  usersById(userIds: readonly UserId[]): Promise<UserRecord[]>;
  /** Those that were ever seen, in no order. */
  lastSeen(userIds: readonly UserId[]): Promise<LastSeen[]>;
  userByHandle(handle: string): Promise<UserRecord | undefined>;
  /** Changes what is given and leaves the rest, in one step. Answers the account as it is now; undefined: there is none. */
  updateProfile(userId: UserId, profile: ProfileChange): Promise<UserRecord | undefined>;
  /**
   * Accounts whose handle or display name contains `text`, without regard to case: first those whose handle begins with it,
   * then those whose handle has it elsewhere, then the rest, each by handle.
   */
  findUsers(text: string, limit: number): Promise<UserRecord[]>;
  /** Adds the device and a `deviceAdded` event to the account's user log in one commit. */
  createDevice(device: DeviceRecord): Promise<UserEvent>;
  deviceById(deviceId: DeviceId): Promise<DeviceRecord | undefined>;
  devicesOf(userId: UserId): Promise<DeviceRecord[]>;
  /** Replaces the refresh token if `expected` is still the stored record; false when somebody else was faster. */
  rotateRefresh(deviceId: DeviceId, expected: RefreshState, next: RefreshState): Promise<boolean>;
  /** Idempotent. Removes the device's tokens; its positions go too. */
  deleteDevice(deviceId: DeviceId): Promise<void>;
}

/** What all nodes on one store have to agree on and nobody else may know, each under a name. It never changes. */
export interface SecretStore {
  /**
   * Keeps `proposed` if there is nothing under that name yet, and answers with what is kept there: the first writer wins,
   * also when several nodes start together. `proposed` is not a view onto a shared buffer: the adapter keeps it.
   */
  keep(name: string, proposed: Uint8Array): Promise<Uint8Array>;
}

export interface UserRecord {
  userId: UserId;
  handle: string;
  displayName: string;
  statusLine: string;
  passwordHash: string;
  createdAtMs: number;
}

export interface ProfileChange {
  displayName?: string | undefined;
  statusLine?: string | undefined;
}

/** Hashes, never the tokens. The previous one is kept so that a lost answer to a refresh does not sign the device out. */
export interface RefreshState {
  refreshHash: string;
  previousRefreshHash: string;
}

export interface DeviceRecord extends RefreshState {
  deviceId: DeviceId;
  userId: UserId;
  name: string;
  createdAtMs: number;
}

/** `rejected`: nothing was changed and asking again cannot help. `unavailable`: unknown or not now; ask again later. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly kind: 'rejected' | 'unavailable';
  readonly reason: string;

  constructor(kind: 'rejected' | 'unavailable', reason: string, options?: ErrorOptions) {
    super(`${kind}: ${reason}`, options);
    this.kind = kind;
    this.reason = reason;
  }
}
