import type { Neighbours } from '../neighbours.ts';

/** Tabs of an imagined browser: words arrive later and in order, and the lead goes to who stood for it first. */
export class FakeNeighbours implements Neighbours {
  readonly #joined: { name: string; hear: (word: object) => void }[] = [];
  readonly #standing: { name: string; changed: (leads: boolean) => void }[] = [];

  readonly join: Neighbours['join'] = (name, hear) => {
    const place = { name, hear };
    this.#joined.push(place);
    return {
      tell: (word) => {
        for (const other of this.#joined.filter((other) => other !== place && other.name === name)) {
          queueMicrotask(() => {
            if (this.#joined.includes(other)) other.hear(structuredClone(word));
          });
        }
      },
      leave: () => void this.#joined.splice(this.#joined.indexOf(place), 1),
    };
  };

  readonly elect: Neighbours['elect'] = (name, signal, changed) => {
    const candidate = { name, changed };
    const first = () => this.#standing.find((other) => other.name === name);
    const lead = () => queueMicrotask(() => first()?.changed(true));
    this.#standing.push(candidate);
    if (first() === candidate) lead();
    signal.addEventListener('abort', () => {
      const led = first() === candidate;
      this.#standing.splice(this.#standing.indexOf(candidate), 1);
      if (led) lead();
    });
  };
}
