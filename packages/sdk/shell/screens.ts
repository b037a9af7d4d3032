import type { ConversationId, UserId } from '@hongyan/protocol';
import type { Screen } from '../engine/types.ts';
import type { Unsubscribe, WatchedParts } from '../types.ts';

/** What the parts of an application show, together (PRS-10). */
export class Screens {
  readonly #changed: (screen: Screen) => void;
  readonly #people = new Map<UserId, number>();
  readonly #conversations = new Map<ConversationId, number>();
  #isStale = false;

  constructor(changed: (screen: Screen) => void) {
    this.#changed = changed;
  }

  /** Told once for all that comes and goes within a moment. */
  add({ people = [], conversations = [] }: WatchedParts): Unsubscribe {
    const own = { people: [...new Set(people)], conversations: [...new Set(conversations)] };
    for (const userId of own.people) count(this.#people, userId, 1);
    for (const conversationId of own.conversations) count(this.#conversations, conversationId, 1);
    this.#stale();
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      for (const userId of own.people) count(this.#people, userId, -1);
      for (const conversationId of own.conversations) count(this.#conversations, conversationId, -1);
      this.#stale();
    };
  }

  #stale(): void {
    if (this.#isStale) return;
    this.#isStale = true;
    queueMicrotask(() => {
      this.#isStale = false;
      this.#changed({ userIds: [...this.#people.keys()], conversationIds: [...this.#conversations.keys()] });
    });
  }
}

/** What is counted again goes to the end, where the newest are. */
function count<K>(counts: Map<K, number>, key: K, by: 1 | -1): void {
  const sum = (counts.get(key) ?? 0) + by;
  counts.delete(key);
  if (sum > 0) counts.set(key, sum);
}
