import type { Entry } from '@hongyan/protocol';
import { Loaded } from './loaded.ts';
import { replySeqOf } from './timeline.ts';

/** Looked for at most this many for one timeline. */
const QUOTES_MAX = 1_000;

/** MSG-25: the messages that those of a timeline answer, where they are not in the timeline themselves. */
export class Quotes {
  readonly #found = new Map<number, Loaded | 'wanted' | 'missing'>();

  /** These were loaded. */
  want(entries: readonly Entry[], isLoaded: (seq: number) => boolean): void {
    for (const entry of entries) {
      const seq = replySeqOf(entry);
      if (seq === 0 || this.#found.has(seq) || this.#found.size >= QUOTES_MAX || isLoaded(seq)) continue;
      this.#found.set(seq, 'wanted');
    }
  }

  /** The next one to be looked for. */
  get wanted(): number | undefined {
    for (const [seq, state] of this.#found) if (state === 'wanted') return seq;
    return undefined;
  }

  found(seq: number, entries: readonly Entry[], changes: readonly Entry[]): void {
    const loaded = new Loaded(entries.filter((entry) => entry.seq === seq));
    loaded.note(changes);
    this.#found.set(seq, loaded.at(seq) ? loaded : 'missing');
  }

  get(seq: number): Loaded | undefined {
    const found = this.#found.get(seq);
    return typeof found === 'object' ? found : undefined;
  }

  note(entries: readonly Entry[]): void {
    for (const found of this.#found.values()) if (typeof found === 'object') found.note(entries);
  }

  erase(seq: number): void {
    this.get(seq)?.erase(seq);
  }

  clear(): void {
    this.#found.clear();
  }
}
