import { BoundedMap, type Clock, SIGHTINGS_MAX, type Sighting } from '@hongyan/core';

/** How much older what is kept may be than what is known. */
const STEP_MS = 5 * 60_000;
/** What is to be written is collected so long. */
const COLLECT_MS = 60_000;
/** Remembered ones; whoever is forgotten is written once more, no harm done. */
const REMEMBERED_MAX = 100_000;
/** What waits to be written; what comes beyond that waits to be seen again. */
const WAITING_MAX = 20_000;

export interface LastSeenParts {
  clock: Clock;
  write: (sightings: readonly Sighting[]) => Promise<void>;
}

/** When devices were seen last, or keys used: written behind and together, each once in `STEP_MS` at most. */
export class LastSeen {
  readonly #parts: LastSeenParts;
  readonly #noted = new BoundedMap<string, number>(REMEMBERED_MAX);
  #waiting = new Map<string, number>();
  #cancel: (() => void) | undefined;

  constructor(parts: LastSeenParts) {
    this.#parts = parts;
  }

  saw(id: string): void {
    const { clock } = this.#parts;
    const nowMs = clock.now();
    const notedMs = this.#noted.get(id);
    if (notedMs !== undefined && nowMs < notedMs + STEP_MS) return;
    if (this.#waiting.size >= WAITING_MAX) return;
    this.#noted.set(id, nowMs);
    this.#waiting.set(id, nowMs);
    this.#cancel ??= clock.schedule(COLLECT_MS, () => void this.flush());
  }

  /** Writes what waits. Never rejects: what could not be written is written when it is seen again, a step later. */
  async flush(): Promise<void> {
    this.#cancel?.();
    this.#cancel = undefined;
    const sightings = [...this.#waiting].map(([id, seenAtMs]) => ({ id, seenAtMs }));
    this.#waiting = new Map();
    for (let from = 0; from < sightings.length; from += SIGHTINGS_MAX) {
      await this.#parts.write(sightings.slice(from, from + SIGHTINGS_MAX)).catch(() => {});
    }
  }
}
