import { type Limits, SILENCE_FACTOR } from '@hongyan/protocol';

/** When something was last heard over a connection, and how long its silence is borne (SES-7). */
export class Heartbeat {
  readonly #limits: Limits;
  #heardMs: number;
  #intervalMs: number;

  constructor(limits: Limits, nowMs: number) {
    this.#limits = limits;
    this.#heardMs = nowMs;
    this.#intervalMs = limits.heartbeatIntervalMs;
  }

  get heardMs(): number {
    return this.#heardMs;
  }

  /** How long the client may be silent. */
  get silenceMs(): number {
    return this.#intervalMs * SILENCE_FACTOR;
  }

  heard(nowMs: number): void {
    this.#heardMs = nowMs;
  }

  /** The client will say something again within `intervalMs`; 0: within the usual time. */
  announce(intervalMs: number): void {
    const { heartbeatIntervalMs, heartbeatIntervalMaxMs } = this.#limits;
    this.#intervalMs = intervalMs === 0 ? heartbeatIntervalMs : Math.min(intervalMs, heartbeatIntervalMaxMs);
  }
}
