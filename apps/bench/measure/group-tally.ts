import type { Meter } from './meter.ts';

/** What one group of the bench sees: its messages, counted from 1, and how often each was delivered. */
export class GroupTally {
  readonly #name: string;
  readonly #meter: Meter;
  readonly #writtenAtMs: number[] = [];
  deliveries = 0;
  gaps = 0;
  repeats = 0;

  /** `name` tells its messages from other groups', as their senders are in several. */
  constructor(name: string, meter: Meter) {
    this.#name = name;
    this.#meter = meter;
  }

  get messages(): number {
    return this.#writtenAtMs.length;
  }

  /** Answers the message's own name. */
  written(nowMs: number): string {
    this.#writtenAtMs.push(nowMs);
    return `${this.#name}.${this.#writtenAtMs.length}`;
  }

  delivered(clientMessageId: string, nowMs: number): void {
    this.deliveries += 1;
    const writtenAtMs = this.#writtenAtMs[Number(clientMessageId.slice(this.#name.length + 1)) - 1];
    if (writtenAtMs !== undefined) this.#meter.delivered(writtenAtMs, nowMs);
  }

  receipts(count: number): void {
    if (this.#meter.recording) this.#meter.receipts += count;
  }

  /** An entry did not follow the one before. */
  surprised(how: 'gap' | 'repeat'): void {
    if (how === 'gap') this.gaps += 1;
    else this.repeats += 1;
  }
}
