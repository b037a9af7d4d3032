import { appearanceOf, type Clock, isPlainlyOffline, laterRecords, TypingPace } from '@hongyan/core';
import {
  type AccountRecord,
  type ConversationId,
  choiceAt,
  encodePush,
  type Presence,
  type UserId,
} from '@hongyan/protocol';
import { Relation, type Sight } from '@hongyan/protocol/cluster';
import type { SessionStream } from '../session-stream.ts';
import type { Watched } from './watched.ts';
import type { WatchedAccount, Watcher } from './watched-account.ts';

/** Changes of watched accounts within this time share a push (PRS-7). */
export const CHANGES_GATHERED_MS = 1_000;

export interface SessionWatchParts {
  clock: Clock;
  watched: Watched;
  /** Whether nothing of this is to be said now. */
  isShed: () => boolean;
}

/** A conversation on a session's screen. */
export interface WatchedConversation {
  readonly pace: TypingPace;
  /** Whose typing is not shown. */
  blockedUserIds: ReadonlySet<UserId>;
}

/** What one connection's session watches, and what of it has still to be told. */
export class SessionWatch implements Watcher {
  readonly stream: SessionStream;
  readonly #parts: SessionWatchParts;
  readonly #accounts = new Map<WatchedAccount, Relation>();
  /** Those that do not look plainly offline to the device. */
  readonly #shown = new Set<WatchedAccount>();
  /** By which one's own account says how it is to be seen. */
  #ownRecords: AccountRecord[] = [];
  readonly #conversations = new Map<ConversationId, WatchedConversation>();
  readonly #untold = new Set<WatchedAccount>();
  #cancel: (() => void) | undefined;

  constructor(stream: SessionStream, parts: SessionWatchParts) {
    this.stream = stream;
    this.#parts = parts;
  }

  /** Whether others are not to notice that this account is there. */
  get isInvisible(): boolean {
    return choiceAt(appearanceOf(this.#ownRecords).chosen, this.#parts.clock.now()) === 'invisible';
  }

  ownRecordsChanged(records: readonly AccountRecord[]): void {
    this.#ownRecords = laterRecords(this.#ownRecords, records);
  }

  get userIds(): UserId[] {
    return [...this.#accounts.keys()].map(({ userId }) => userId);
  }

  get conversationIds(): IterableIterator<ConversationId> {
    return this.#conversations.keys();
  }

  conversation(conversationId: ConversationId): WatchedConversation | undefined {
    return this.#conversations.get(conversationId);
  }

  watches(userId: UserId): boolean {
    const account = this.#parts.watched.get(userId);
    return account !== undefined && this.#accounts.has(account);
  }

  /** Until it is known what may be seen of it, it looks offline. Answers whether nobody of this node watched it before. */
  addAccount(userId: UserId): boolean {
    const { account, isNew } = this.#parts.watched.add(userId, this);
    this.#accounts.set(account, Relation.UNSPECIFIED);
    return isNew;
  }

  removeAccount(userId: UserId): void {
    const account = this.#parts.watched.get(userId);
    if (account === undefined || !this.#accounts.delete(account)) return;
    this.#untold.delete(account);
    this.#shown.delete(account);
    this.#parts.watched.remove(account, this);
  }

  removeConversation(conversationId: ConversationId): void {
    this.#conversations.delete(conversationId);
  }

  /** It is not known any more what may be seen of the account. */
  hide(userId: UserId): void {
    const account = this.#parts.watched.get(userId);
    if (account === undefined || !this.#accounts.has(account)) return;
    this.#accounts.set(account, Relation.UNSPECIFIED);
    this.changed(account);
  }

  /** Takes what may be seen; of what was asked and is not in it nothing. */
  see(asked: { userIds: readonly UserId[]; conversationIds: readonly ConversationId[] }, sight: Sight): void {
    const nowMs = this.#parts.clock.now();
    const found = new Map(sight.accounts.map((seen) => [seen.userId, seen]));
    this.ownRecordsChanged(found.get(this.stream.caller.userId)?.records ?? []);
    for (const userId of asked.userIds) {
      const account = this.#parts.watched.get(userId);
      const seen = found.get(userId);
      if (account === undefined || seen === undefined || !this.#accounts.has(account)) continue;
      const before = this.#accounts.get(account);
      this.#accounts.set(account, seen.relation);
      account.seen(seen.records, seen.lastSeenMs, nowMs);
      this.#parts.watched.appearanceKnown(account);
      if (before !== seen.relation) this.changed(account);
    }
    const allowed = new Map(sight.conversations.map((seen) => [seen.conversationId, new Set(seen.blockedUserIds)]));
    for (const conversationId of asked.conversationIds) {
      const blockedUserIds = allowed.get(conversationId);
      const known = this.#conversations.get(conversationId);
      if (blockedUserIds === undefined) this.#conversations.delete(conversationId);
      else if (known !== undefined) known.blockedUserIds = blockedUserIds;
      else this.#conversations.set(conversationId, { pace: new TypingPace(), blockedUserIds });
    }
  }

  /** Told together with what else changes soon. */
  changed(account: WatchedAccount): void {
    this.#untold.add(account);
    this.#cancel ??= this.#parts.clock.schedule(CHANGES_GATHERED_MS, () => this.#tell());
  }

  /** Tells at once what these look like; who is plainly offline is left out. */
  tellNow(userIds: readonly UserId[]): void {
    const accounts = userIds.flatMap((userId) => this.#parts.watched.get(userId) ?? []);
    for (const account of accounts) this.#untold.delete(account);
    this.#push(accounts);
  }

  signal(frame: Uint8Array): void {
    this.stream.signal(frame);
  }

  end(): void {
    this.#cancel?.();
    for (const account of this.#accounts.keys()) this.#parts.watched.remove(account, this);
    this.#accounts.clear();
    this.#conversations.clear();
    this.#untold.clear();
    this.#shown.clear();
  }

  #tell(): void {
    if (this.#parts.isShed()) {
      this.#cancel = this.#parts.clock.schedule(CHANGES_GATHERED_MS, () => this.#tell());
      return;
    }
    this.#cancel = undefined;
    const untold = [...this.#untold];
    this.#untold.clear();
    this.#push(untold);
  }

  /** Whoever looked plainly offline and still does is left out, so that nothing shows that something happened. */
  #push(accounts: readonly WatchedAccount[]): void {
    const nowMs = this.#parts.clock.now();
    const presences: Presence[] = [];
    for (const account of accounts) {
      const presence = account.presence(this.#accounts.get(account) ?? Relation.UNSPECIFIED, nowMs);
      const isOffline = isPlainlyOffline(presence);
      if (!isOffline || this.#shown.has(account)) presences.push(presence);
      if (isOffline) this.#shown.delete(account);
      else this.#shown.add(account);
    }
    if (presences.length > 0) this.signal(encodePush({ case: 'presenceChanged', value: { presences } }));
  }
}
