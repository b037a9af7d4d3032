/** The values set last by their ids, as many as the bound allows. */
export class Recent<T> {
  readonly #values = new Map<string, T>();
  readonly #countMax: number;

  constructor(countMax: number) {
    this.#countMax = countMax;
  }

  set(id: string, value: T): void {
    this.#values.delete(id);
    this.#values.set(id, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= this.#countMax) return;
      this.#values.delete(oldest);
    }
  }

  get(id: string): T | undefined {
    return this.#values.get(id);
  }

  clear(): void {
    this.#values.clear();
  }
}
