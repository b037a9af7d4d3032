import type { Entry } from '@hongyan/protocol';
import { Changes } from './changes.ts';
import { erasedEntry, goesWith, isShown, runBefore } from './entries.ts';

/** A run of a conversation's entries that a timeline has loaded, without a gap, and what changes its messages. */
export class Loaded {
  #entries: Entry[];
  readonly changes = new Changes();

  constructor(entries: readonly Entry[]) {
    this.#entries = [...entries];
    this.note(entries);
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }
  get fromSeq(): number | undefined {
    return this.#entries[0]?.seq;
  }
  get toSeq(): number | undefined {
    return this.#entries.at(-1)?.seq;
  }

  /** What follows the last one, or begins the run. */
  append(added: readonly Entry[]): void {
    this.note(added);
    const toSeq = this.toSeq;
    this.#entries.push(...added.filter(({ seq }) => toSeq === undefined || seq > toSeq));
  }

  /** Takes of `older` what reaches up to `beforeSeq`, where the run begins. */
  prepend(older: readonly Entry[], beforeSeq: number): void {
    this.note(older);
    this.#entries = [...runBefore(older, beforeSeq), ...this.#entries];
  }

  /** Takes entries for what they change. */
  note(entries: readonly Entry[]): void {
    for (const entry of entries) this.changes.add(entry);
  }

  at(seq: number): Entry | undefined {
    const entry = this.#entries[seq - (this.fromSeq ?? 0)];
    return entry?.seq === seq ? entry : undefined;
  }

  /** How many lines of it are shown from a place on. */
  linesFrom(seq: number): number {
    return this.#entries.filter((entry) => entry.seq >= seq && isShown(entry)).length;
  }

  /** MSG-21. */
  erase(seq: number): void {
    this.changes.erase(seq);
    this.#entries = this.#entries.map((entry) => (goesWith(entry, seq) ? erasedEntry(entry) : entry));
  }

  trim(firstSeq: number): void {
    this.#entries = this.#entries.filter(({ seq }) => seq >= firstSeq);
  }

  clear(): void {
    this.#entries = [];
    this.changes.clear();
  }
}
