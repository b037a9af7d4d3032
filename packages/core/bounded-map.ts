/** A map that forgets what was used least recently once it holds more than `sizeMax` entries. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #sizeMax: number;
  readonly #mayForget: (value: V) => boolean;

  /** Entries for which `mayForget` says false are kept while others can go. */
  constructor(sizeMax: number, mayForget: (value: V) => boolean = () => true) {
    this.#sizeMax = sizeMax;
    this.#mayForget = mayForget;
  }

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  /** Marks the entry as used now. Only worth calling when the map is nearly full. */
  touch(key: K, value: V): void {
    if (this.#entries.size * 2 < this.#sizeMax) return;
    this.#entries.delete(key);
    this.#entries.set(key, value);
  }

  set(key: K, value: V): void {
    this.#entries.set(key, value);
    if (this.#entries.size > this.#sizeMax) this.#forgetOne();
  }

  #forgetOne(): void {
    let tries = 0;
    for (const [key, value] of this.#entries) {
      if (this.#mayForget(value)) {
        this.#entries.delete(key);
        return;
      }
      tries += 1;
      if (tries > 64) return;
    }
  }
}
