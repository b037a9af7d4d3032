import { type Entry, EntryKind } from '@hongyan/protocol';
import { targetOf } from './entries.ts';
import { ERASURES_MAX } from './limits.ts';
import { Recent } from './recent.ts';

/** MSG-21: which messages of a conversation were erased lately, so that an answer which was under way brings none back. */
export class Erasures {
  readonly #seqs = new Recent<true>(ERASURES_MAX);

  add(seq: number): void {
    this.#seqs.set(String(seq), true);
  }

  /** Whether nothing of the entry may be kept. */
  cover(entry: Entry, nowMs: number): boolean {
    const { seq, kind, header, serverTimeMs, body } = entry;
    const isEdit = kind === EntryKind.EDIT;
    if (body.length === 0 || !(isEdit || kind === EntryKind.MESSAGE)) return false;
    const isOver =
      header && header.lifetimeMs > 0 && !header.livesFromRead && serverTimeMs + header.lifetimeMs <= nowMs;
    return isOver === true || this.#has(isEdit ? targetOf(entry) : seq);
  }

  #has(seq: number): boolean {
    return this.#seqs.get(String(seq)) === true;
  }
}
