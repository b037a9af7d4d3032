import type { Clock } from '@hongyan/core';
import { type ConversationId, directConversationId, type UserId, type Watch } from '@hongyan/protocol';
import type { Sight, SightChanged } from '@hongyan/protocol/cluster';
import type { Logic } from '../../logic/index.ts';
import type { SessionStream } from '../session-stream.ts';
import { SessionWatch } from './session-watch.ts';
import type { TypingBoard } from './typing-board.ts';
import type { Watched } from './watched.ts';

/** What may be seen is asked for again after this time, as that it changed may have been missed (PRS-7). */
const RENEWED_AFTER_MS = 300_000;
/** So many are asked for again at each review. */
const RENEWALS_MAX = 200;

export interface WatchesParts {
  logic: Pick<Logic, 'see'>;
  clock: Clock;
  watched: Watched;
  typing: TypingBoard;
  /** Has other gateways say whom of these they hold; resolves when they did, or had the time. */
  ask: (userIds: readonly UserId[]) => Promise<void>;
  isShed: () => boolean;
  /** Somebody watches something now, or nobody any more. */
  isWanted: (wanted: boolean) => void;
}

const NOTHING: Sight = { accounts: [], conversations: [] };

/** A session that watches something. */
interface Watching {
  watch: SessionWatch;
  stated: Watch;
  /** Its statements and renewals, one after another. */
  tail: Promise<void>;
  statements: number;
  renewedMs: number;
  hasEnded: boolean;
}

/** What each session of this node watches, and may see of it. */
export class Watches {
  readonly #parts: WatchesParts;
  /** The one that was renewed longest ago first. */
  readonly #watching = new Map<SessionStream, Watching>();
  readonly #ofAccount = new Map<UserId, Set<Watching>>();
  readonly #toRenew = new Set<Watching>();

  constructor(parts: WatchesParts) {
    this.#parts = parts;
  }

  get(stream: SessionStream): SessionWatch | undefined {
    return this.#watching.get(stream)?.watch;
  }

  /**
   * Takes what is on the session's screen in place of what was. Of several statements that wait for each other the last one
   * counts. Rejects as logic does, and then nothing is watched that was not before.
   */
  state(stream: SessionStream, stated: Watch): Promise<void> {
    const watching = this.#watching.get(stream) ?? this.#begin(stream);
    watching.statements += 1;
    const number = watching.statements;
    return this.#inTurn(watching, async () => {
      if (number === watching.statements) await this.#restate(watching, stated);
    });
  }

  end(stream: SessionStream): void {
    const watching = this.#watching.get(stream);
    if (watching === undefined) return;
    watching.hasEnded = true;
    const { watch } = watching;
    for (const conversationId of watch.conversationIds) this.#parts.typing.remove(conversationId, watch);
    watch.end();
    this.#watching.delete(stream);
    if (this.#watching.size === 0) this.#parts.isWanted(false);
    this.#toRenew.delete(watching);
    const { userId } = stream.caller;
    const others = this.#ofAccount.get(userId);
    others?.delete(watching);
    if (others?.size === 0) this.#ofAccount.delete(userId);
  }

  /** What it concerns is not shown any more until logic has said what may be. */
  sightChanged({ userId, records, relatedUserIds, conversationId }: SightChanged): void {
    for (const { watch } of this.#of(userId)) watch.ownRecordsChanged(records);
    for (const relatedId of relatedUserIds) {
      for (const watching of this.#of(relatedId)) this.#hide(watching, userId, conversationId);
      if (userId !== '') for (const watching of this.#of(userId)) this.#hide(watching, relatedId, conversationId);
    }
  }

  /** Asks again for what may be seen by those of whom it is not known any more, and those that were not asked for long. */
  renew(): void {
    const nowMs = this.#parts.clock.now();
    for (const watching of this.#watching.values()) {
      if (watching.renewedMs + RENEWED_AFTER_MS > nowMs || this.#toRenew.size >= RENEWALS_MAX) break;
      this.#toRenew.add(watching);
    }
    for (const watching of [...this.#toRenew].slice(0, RENEWALS_MAX)) {
      this.#toRenew.delete(watching);
      void this.#inTurn(watching, () => this.#renew(watching)).catch(() => {
        if (!watching.hasEnded) this.#toRenew.add(watching);
      });
    }
  }

  #of(userId: UserId): Iterable<Watching> {
    return this.#ofAccount.get(userId) ?? [];
  }

  #begin(stream: SessionStream): Watching {
    const watching: Watching = {
      watch: new SessionWatch(stream, this.#parts),
      stated: { userIds: [], conversationIds: [] },
      tail: Promise.resolve(),
      statements: 0,
      renewedMs: this.#parts.clock.now(),
      hasEnded: false,
    };
    if (this.#watching.size === 0) this.#parts.isWanted(true);
    this.#watching.set(stream, watching);
    const { userId } = stream.caller;
    const others = this.#ofAccount.get(userId);
    if (others === undefined) this.#ofAccount.set(userId, new Set([watching]));
    else others.add(watching);
    return watching;
  }

  #inTurn(watching: Watching, task: () => Promise<void>): Promise<void> {
    const done = watching.tail.then(() => (watching.hasEnded ? undefined : task()));
    watching.tail = done.catch(() => undefined);
    return done;
  }

  async #restate(watching: Watching, stated: Watch): Promise<void> {
    const { watch } = watching;
    if (stated.userIds.length + stated.conversationIds.length === 0) {
      this.end(watching.watch.stream);
      return;
    }
    const userIds = [...new Set(stated.userIds)];
    const conversationIds = [...new Set(stated.conversationIds)];
    this.#leaveOut(watch, userIds, conversationIds);
    const added = {
      userIds: userIds.filter((userId) => !watch.watches(userId)),
      conversationIds: conversationIds.filter((conversationId) => watch.conversation(conversationId) === undefined),
    };
    watching.stated = { userIds, conversationIds };
    const unwatched = added.userIds.filter((userId) => watch.addAccount(userId));
    try {
      const isKnown = added.userIds.length + added.conversationIds.length === 0;
      const [sight] = await Promise.all([isKnown ? NOTHING : this.#see(watch, added), this.#parts.ask(unwatched)]);
      if (watching.hasEnded) return;
      this.#apply(watch, added, sight);
      watch.tellNow(userIds);
    } catch (error) {
      if (!watching.hasEnded) this.#leaveOut(watch, without(userIds, added.userIds), conversationIds);
      throw error;
    }
  }

  async #renew(watching: Watching): Promise<void> {
    const { watch, stated } = watching;
    watching.renewedMs = this.#parts.clock.now();
    this.#watching.delete(watch.stream);
    this.#watching.set(watch.stream, watching);
    const sight = await this.#see(watch, stated);
    if (!watching.hasEnded) this.#apply(watch, stated, sight);
  }

  #see({ stream }: SessionWatch, { userIds, conversationIds }: Watch): Promise<Sight> {
    const { caller } = stream;
    return this.#parts.logic.see(caller, { userIds: [...new Set([caller.userId, ...userIds])], conversationIds });
  }

  #apply(watch: SessionWatch, asked: Watch, sight: Sight): void {
    watch.see(asked, sight);
    for (const conversationId of asked.conversationIds) {
      if (watch.conversation(conversationId) === undefined) this.#parts.typing.remove(conversationId, watch);
      else this.#parts.typing.add(conversationId, watch);
    }
  }

  #leaveOut(watch: SessionWatch, userIds: readonly UserId[], conversationIds: readonly ConversationId[]): void {
    for (const userId of without(watch.userIds, userIds)) watch.removeAccount(userId);
    for (const conversationId of without([...watch.conversationIds], conversationIds))
      this.#drop(watch, conversationId);
  }

  #drop(watch: SessionWatch, conversationId: ConversationId): void {
    watch.removeConversation(conversationId);
    this.#parts.typing.remove(conversationId, watch);
  }

  #hide(watching: Watching, userId: UserId, conversationId: ConversationId): void {
    const { watch } = watching;
    if (conversationId !== '') this.#drop(watch, conversationId);
    if (userId !== '') {
      watch.hide(userId);
      this.#drop(watch, directConversationId(userId, watch.stream.caller.userId));
    }
    this.#toRenew.add(watching);
  }
}

function without<T>(all: readonly T[], left: readonly T[]): T[] {
  const out = new Set(left);
  return all.filter((one) => !out.has(one));
}
