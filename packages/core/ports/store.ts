import type {
  AccountRecord,
  ConversationId,
  Cursor,
  DeviceId,
  Entry,
  EntryHeader,
  EntryKind,
  Facts,
  Member,
  RecordVersion,
  UserEvent,
  UserId,
} from '@hongyan/protocol';
import type { CursorPosition } from '../receipt/cursor.ts';
import type { ApiKeyStore, AppUserStore } from './app-access.ts';
import type { DeviceStore } from './device.ts';
import type { SearchStore } from './search.ts';

/**
 * Durable state: accounts, devices, conversation logs, cursors, user logs, account records, device positions, secrets, and an
 * index of what messages say.
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
  readonly search: SearchStore;
  /** Refuses new work, finishes what was accepted, then releases files and threads. */
  close(): Promise<void>;
}

export interface LogStore {
  /**
   * Appends one entry and answers with its place. If `(senderId, clientMessageId)` was appended before, nothing is written
   * and the first one's answer comes back with `duplicate: true`, whatever else the request says.
   * The first entry of a conversation also creates it: its members, and a `conversationJoined` event in each member's
   * user log, in the same commit. What the entry changes is in the same commit too: a RECALL erases its target
   * (see `erase`), `change` writes facts and members, and `conversationJoined` events for who joins.
   * Rejects with `rejected` (`not-accepted`) when `recipientId` is given and does not take it (`core/relation/acceptance`); and
   * with `rejected` (`conversation-changed`) when `basisSeq` is given and the facts' `seq` is another one.
   */
  append(request: AppendRequest): Promise<Appended>;
  /** What an append of this name was answered, `duplicate` being true; undefined: there was none. */
  sent(senderId: UserId, clientMessageId: string): Promise<Appended | undefined>;
  /**
   * Entries with afterSeq < seq < beforeSeq in ascending order: the oldest `limit` of them, or the newest. The run ends
   * early, without a hole, before its bodies pass `bytesMax`; what was asked for is never empty for its size alone.
   * For a `viewerId` only what that account's membership covers, which may be nothing.
   */
  read(query: EntryQuery): Promise<Entry[]>;
  /**
   * Entries that change messages (EDIT, RECALL, REACTION) with a target in [fromTargetSeq, toTargetSeq] and afterSeq < seq,
   * ascending, at most `limit`, to `viewerId` only what its membership covers. Those that `standing` leaves out were
   * superseded, as far as the viewer may read: an EDIT by a later one of the same target, a REACTION by a later one of the
   * same target and sender. Of several in one batch a former member may get one more than that.
   */
  changes(query: ChangeQuery): Promise<Entry[]>;
  /**
   * Erases messages whose lifetime is over at `nowMs`, the longest overdue first, at most `limit`: their bodies, and those of
   * their EDITs, are empty from then on, and nobody is mentioned by them any more. Answers how many. A lifetime counts from
   * `serverTimeMs`, or with `livesFromRead` from the commit in which the read cursor of somebody else passed the message.
   */
  expire(query: { nowMs: number; limit: number }): Promise<number>;
  /** The state of one conversation with all who are members, undefined when nothing was ever appended to it. */
  head(conversationId: ConversationId): Promise<ConversationHead | undefined>;
  /**
   * All conversations that an account is or was a member of, the most recently active first. Of one with more than
   * RECEIPT_MEMBERS_MAX members, or that it is no member of any more, the account itself is the only one in `members`; of the
   * latter `lastSeq` is the end of what it may read.
   */
  heads(userId: UserId, limit: number): Promise<ConversationHead[]>;
  /** One of them, as `heads` gives it; undefined when the account never was a member. */
  headFor(conversationId: ConversationId, userId: UserId): Promise<ConversationHead | undefined>;
  /** What a conversation is; undefined when nothing was ever changed, or there is none. */
  facts(conversationId: ConversationId): Promise<Facts | undefined>;
  /** Members in the order of role, owner first, and then of id; who was a member is not one. */
  members(query: MemberQuery): Promise<StoredMember[]>;
  /** One account's membership, also when it has ended; undefined: it never was a member. */
  member(conversationId: ConversationId, userId: UserId): Promise<MemberHead | undefined>;
  /**
   * How many messages that were not erased with afterSeq < seq <= throughSeq are by somebody other than `userId`, exactly up
   * to `max`. Looks at no more than the newest `scanMax` entries, so behind a longer run it tells what it saw: never more than
   * there are.
   */
  countOthers(query: OthersQuery): Promise<number>;
  /** As `countOthers`, of those that mention `userId` or all; exactly up to `max`. */
  countMentions(query: Omit<OthersQuery, 'scanMax'>): Promise<number>;
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
  /** Who belongs to the conversation if this is its first entry; of a group the first of them owns it. */
  members: readonly UserId[];
  kind: EntryKind;
  senderId: UserId;
  clientMessageId: string;
  clientTimeMs: number;
  serverTimeMs: number;
  /** Not a view onto a network buffer: the adapter keeps it. */
  body: Uint8Array;
  /** A message that its sender may not mention others in has none of them. */
  header?: EntryHeader | undefined;
  /** The `Facts.seq` that whoever decided on this went by; 0: nothing was ever changed. */
  basisSeq?: number | undefined;
  /** Given together with `basisSeq`, or with the first entry. */
  change?: StoredChange | undefined;
  /** Who has to take what `senderId` writes, at the moment of the commit: rejected (`not-accepted`) when it does not (PPL-3). */
  recipientId?: UserId | undefined;
}

/** Stands for the place of the entry that is being appended. */
export const HERE = -1;

/** What an entry makes of its conversation. */
export interface StoredChange {
  /** As they are from this entry on; `seq` is HERE, and `announcementSeq` may be. */
  facts: Facts;
  /** Whole rows, as they are from this entry on; `fromSeq` and `untilSeq` may be HERE. */
  members: readonly StoredMember[];
  /** Those of them who become members by it. */
  joined: readonly UserId[];
}

/** An account's membership of a conversation. */
export interface StoredMember extends Member {
  /** It may read from here on. */
  fromSeq: number;
  /** It was a member up to here, inclusively; 0: it is one. */
  untilSeq: number;
  /** What the conversation was when the membership ended. */
  partingFacts?: Facts | undefined;
}

export interface Appended {
  conversationId: ConversationId;
  seq: number;
  serverTimeMs: number;
  duplicate: boolean;
  /** The user-log events this append created. */
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
  /** Who reads; undefined: the server itself. */
  viewerId?: UserId | undefined;
}

export interface ChangeQuery {
  conversationId: ConversationId;
  fromTargetSeq: number;
  toTargetSeq: number;
  afterSeq: number;
  standing: boolean;
  limit: number;
  viewerId?: UserId | undefined;
}

export interface MemberQuery {
  conversationId: ConversationId;
  /** In nickname, handle or display name, without regard to case; '': all. */
  text: string;
  /** The last one of the page before. */
  after: Pick<StoredMember, 'role' | 'userId'> | undefined;
  limit: number;
}

export interface ConversationHead {
  conversationId: ConversationId;
  lastSeq: number;
  memberCount: number;
  /** undefined: nothing was ever changed. */
  facts: Facts | undefined;
  /** Ascending by id; a member without a cursor row has zeros. */
  members: MemberHead[];
}

/** A member, and how far it is. */
export interface MemberHead extends StoredMember, CursorPosition {}

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
   * As `set`, and in the same commit the same version for other accounts, under keys of theirs; of each the later version
   * stays. Answers the events, the account's own first. Rejects with `too-many-records` also when a mirror would be a new key of
   * an account that has `MIRRORED_MAX` records.
   */
  setMirrored(change: RecordChange, mirrors: readonly Mirror[]): Promise<{ userId: UserId; event: UserEvent }[]>;
  /** An account's records under these keys, in their order. */
  values(userId: UserId, keys: readonly string[]): Promise<(RecordVersion | undefined)[]>;
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

/** What others may write into an account stops here, so that it keeps room for its own. */
export const MIRRORED_MAX = RECORDS_MAX / 2;

/** Where a record is kept for somebody else too. */
export interface Mirror {
  userId: UserId;
  key: string;
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

export interface AccountStore extends DeviceStore, ApiKeyStore, AppUserStore {
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
  /** Replaces the password's hash if `expectedHash` is the stored one; false when it is neither that nor `passwordHash`. */
  setPassword(userId: UserId, expectedHash: string, passwordHash: string): Promise<boolean>;
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
  /** Empty: the account has no password, and nobody signs in to it with one. */
  passwordHash: string;
  createdAtMs: number;
}

export interface ProfileChange {
  displayName?: string | undefined;
  statusLine?: string | undefined;
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
