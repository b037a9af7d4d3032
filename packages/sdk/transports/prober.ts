import type { Transport, TransportConnection } from './transport.ts';

/** A probe that has not opened by then has failed. */
const PROBE_TIMEOUT_MS = 10_000;

export interface ProberParts {
  transport: Transport;
  /** How long to wait with the next probe. */
  delayMs: () => number;
  /** Told of every probe. After one that opened there is none any more. */
  probed: (opened: boolean) => void;
}

/** Opens a transport now and then, only to see whether it can be opened. */
export class Prober {
  readonly #parts: ProberParts;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #probe: TransportConnection | undefined;

  constructor(parts: ProberParts) {
    this.#parts = parts;
    this.#wait(parts.delayMs());
  }

  /** Probes without further waiting. */
  hurry(): void {
    if (this.#probe === undefined) this.#wait(0);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#probe?.close();
    this.#probe = undefined;
  }

  #wait(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), delayMs);
  }

  #open(): void {
    this.#timer = setTimeout(() => this.#settle(false), PROBE_TIMEOUT_MS);
    this.#probe = this.#parts.transport({
      onOpen: () => this.#settle(true),
      onFrames: () => this.#settle(true),
      onClose: () => this.#settle(false),
    });
  }

  #settle(opened: boolean): void {
    if (this.#probe === undefined) return;
    this.stop();
    this.#parts.probed(opened);
    if (!opened) this.#wait(this.#parts.delayMs());
  }
}
