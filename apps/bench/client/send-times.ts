const INITIAL_MESSAGES = 1024;

/** When each of one client's messages, numbered from 1, was due. */
export class SendTimes {
  #times = new Float64Array(INITIAL_MESSAGES);

  set(number: number, timeMs: number): void {
    if (number >= this.#times.length) {
      const times = new Float64Array(this.#times.length * 2);
      times.set(this.#times);
      this.#times = times;
    }
    this.#times[number] = timeMs;
  }

  at(number: number): number {
    return this.#times[number] ?? 0;
  }
}
