const NOBODY = -1;
/** Nobody waits for longer: advice is at most a minute, and half a minute of the client's own and slow answers come on top. */
const SPAN_MS = 2 ** 17;

/**
 * What happens next to each of many clients, in four bytes each: one list for every millisecond of a round, through an
 * array that names the next client of the same moment. A client has at most one event. Those of one moment come in the
 * order in which they were made.
 */
export class EventWheel {
  readonly #first = new Int32Array(SPAN_MS).fill(NOBODY);
  readonly #last = new Int32Array(SPAN_MS).fill(NOBODY);
  readonly #next: Int32Array;
  #nowMs = 0;

  constructor(clients: number) {
    this.#next = new Int32Array(clients).fill(NOBODY);
  }

  /** `delayMs` is rounded up, and at least 1. */
  schedule(client: number, delayMs: number): void {
    const wholeMs = Math.max(1, Math.ceil(delayMs));
    if (wholeMs >= SPAN_MS) throw new RangeError(`an event in ${wholeMs} ms is beyond the wheel`);
    const slot = (this.#nowMs + wholeMs) % SPAN_MS;
    const last = this.#last[slot] ?? NOBODY;
    if (last === NOBODY) this.#first[slot] = client;
    else this.#next[last] = client;
    this.#next[client] = NOBODY;
    this.#last[slot] = client;
  }

  /** Goes on by one millisecond and hands over everybody whose moment it is. */
  advance(handle: (client: number) => void): void {
    this.#nowMs += 1;
    const slot = this.#nowMs % SPAN_MS;
    let client = this.#first[slot] ?? NOBODY;
    this.#first[slot] = NOBODY;
    this.#last[slot] = NOBODY;
    while (client !== NOBODY) {
      const next = this.#next[client] ?? NOBODY;
      handle(client);
      client = next;
    }
  }
}
