/** How long whoever gave up the lead leaves it to others. */
const STAND_AGAIN_MS = 5_000;

export interface CandidacyParts {
  /** Stands until `signal` aborts; `changed` is called whenever the lead is gained or lost. */
  elect: (signal: AbortSignal, changed: (leads: boolean) => void) => void;
  changed: (leads: boolean) => void;
}

type Standing =
  /** Not yet, or not any more. */
  | { name: 'out' }
  | { name: 'standing'; end: AbortController; leads: boolean }
  | { name: 'aside'; timer: ReturnType<typeof setTimeout> };

/** OUT-7: a client's wish to lead. It can be put off, so that others have a turn, and ends for good. */
export class Candidacy {
  readonly #parts: CandidacyParts;
  #standing: Standing = { name: 'out' };
  #hasGivenWay = false;

  constructor(parts: CandidacyParts) {
    this.#parts = parts;
  }

  get leads(): boolean {
    return this.#standing.name === 'standing' && this.#standing.leads;
  }

  /** Whether others had their turn: one who leads then does so because nobody else wants to. */
  get hasGivenWay(): boolean {
    return this.#hasGivenWay;
  }

  stand(): void {
    const standing: Standing = { name: 'standing', end: new AbortController(), leads: false };
    this.#standing = standing;
    this.#parts.elect(standing.end.signal, (leads) => {
      if (this.#standing !== standing || standing.leads === leads) return;
      standing.leads = leads;
      this.#parts.changed(leads);
    });
  }

  /** Gives up the lead or the place in the queue for it, and comes last from then on. */
  standAside(): void {
    if (this.#standing.name !== 'standing') return;
    this.#hasGivenWay = true;
    this.#withdraw({ name: 'aside', timer: setTimeout(() => this.stand(), STAND_AGAIN_MS) });
  }

  /** For good. */
  end(): void {
    this.#withdraw({ name: 'out' });
  }

  #withdraw(next: Standing): void {
    const before = this.#standing;
    this.#standing = next;
    if (before.name === 'aside') clearTimeout(before.timer);
    if (before.name !== 'standing') return;
    before.end.abort();
    if (before.leads) this.#parts.changed(false);
  }
}
