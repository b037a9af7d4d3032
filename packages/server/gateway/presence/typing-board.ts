import type { Clock } from '@hongyan/core';
import { type ConversationId, encodePush, type Typist, type UserId } from '@hongyan/protocol';
import type { ConversationTyping } from '@hongyan/protocol/cluster';
import type { SessionWatch } from './session-watch.ts';

/** Typing in one conversation within this time shares a push. */
export const TYPING_GATHERED_MS = 250;

export interface TypingBoardParts {
  clock: Clock;
  isShed: () => boolean;
  /** For other gateways. */
  tell: (typing: ConversationTyping[]) => void;
}

type Gathered = Map<ConversationId, Map<UserId, Typist['kind']>>;

/** Carries typing hints to the sessions that watch their conversations. Nothing is remembered: a hint ends by itself. */
export class TypingBoard {
  readonly #parts: TypingBoardParts;
  readonly #watching = new Map<ConversationId, Set<SessionWatch>>();
  #here: Gathered = new Map();
  #elsewhere: Gathered = new Map();
  #isGathering = false;

  constructor(parts: TypingBoardParts) {
    this.#parts = parts;
  }

  add(conversationId: ConversationId, watch: SessionWatch): void {
    const watching = this.#watching.get(conversationId);
    if (watching === undefined) this.#watching.set(conversationId, new Set([watch]));
    else watching.add(watch);
  }

  remove(conversationId: ConversationId, watch: SessionWatch): void {
    const watching = this.#watching.get(conversationId);
    watching?.delete(watch);
    if (watching?.size === 0) this.#watching.delete(conversationId);
  }

  watchesOf(conversationId: ConversationId): SessionWatch[] {
    return [...(this.#watching.get(conversationId) ?? [])];
  }

  typedHere(conversationId: ConversationId, typist: Typist): void {
    this.#gather(this.#here, conversationId, typist);
  }

  typedElsewhere({ conversationId, typists }: ConversationTyping): void {
    if (!this.#watching.has(conversationId)) return;
    for (const typist of typists) this.#gather(this.#elsewhere, conversationId, typist);
  }

  #gather(gathered: Gathered, conversationId: ConversationId, { userId, kind }: Typist): void {
    const typists = gathered.get(conversationId) ?? new Map();
    typists.set(userId, kind);
    gathered.set(conversationId, typists);
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.#parts.clock.schedule(TYPING_GATHERED_MS, () => this.#flush());
  }

  #flush(): void {
    const [here, elsewhere] = [listed(this.#here), listed(this.#elsewhere)];
    this.#isGathering = false;
    this.#here = new Map();
    this.#elsewhere = new Map();
    if (this.#parts.isShed()) return;
    for (const typing of [...here, ...elsewhere]) this.#push(typing);
    if (here.length > 0) this.#parts.tell(here);
  }

  /** Encoded once, but for those who are not to be told of somebody in it. */
  #push(typing: ConversationTyping): void {
    const { conversationId, typists } = typing;
    const whole = encodePush({ case: 'typingChanged', value: typing });
    for (const watch of this.#watching.get(conversationId) ?? []) {
      const blocked = watch.conversation(conversationId)?.blockedUserIds;
      const { userId } = watch.stream.caller;
      const told = typists.filter((typist) => typist.userId !== userId && blocked?.has(typist.userId) === false);
      if (told.length === typists.length) watch.signal(whole);
      else if (told.length > 0) {
        watch.signal(encodePush({ case: 'typingChanged', value: { conversationId, typists: told } }));
      }
    }
  }
}

const listed = (gathered: Gathered): ConversationTyping[] =>
  [...gathered].map(([conversationId, typists]) => ({
    conversationId,
    typists: [...typists].map(([userId, kind]) => ({ userId, kind })),
  }));
