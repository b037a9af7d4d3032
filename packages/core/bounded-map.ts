/** A map that forgets what was used least recently once it holds more than `sizeMax` entries. */
export class BoundedMap<K, V> {
  readonly #entries = new Map<K, V>();
  readonly #sizeMax: number;

  constructor(sizeMax: number) {
    this.#sizeMax = sizeMax;
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
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#sizeMax && !oldest.done) this.#entries.delete(oldest.value);
  }
}
