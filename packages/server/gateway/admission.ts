import { type Clock, Handshakes, type HandshakeVerdict, type Random, type Rate } from '@hongyan/core';
import { fraction } from './fraction.ts';
import type { LoadShedding } from './load-shedding.ts';

/** A node that is full stays so until somebody leaves, so it is asked again at leisure. */
const FULL_RETRY_AFTER_MIN_MS = 10_000;
const FULL_RETRY_AFTER_SPAN_MS = 20_000;

export interface AdmissionParts {
  clock: Clock;
  random: Random;
  load: LoadShedding;
  /** Connections the node holds at most. */
  connectionsMax: number;
  /** undefined: no limit. */
  handshakeRate: Rate | undefined;
}

/** Who may connect and who may sign in (LOD-1 to LOD-3). Decides without looking at anything that costs. */
export class Admission {
  readonly #parts: AdmissionParts;
  readonly #handshakes: Handshakes;

  constructor(parts: AdmissionParts) {
    const unlimited = { perSecond: Number.MAX_SAFE_INTEGER, burst: Number.MAX_SAFE_INTEGER };
    this.#parts = parts;
    this.#handshakes = new Handshakes(parts.handshakeRate ?? unlimited, parts.clock.now());
  }

  get admitted(): number {
    return this.#handshakes.admitted;
  }

  get refused(): number {
    return this.#handshakes.refused;
  }

  /** When to come back; undefined: there is room for the connection, which counts already. */
  connect(connectionCount: number): number | undefined {
    if (connectionCount <= this.#parts.connectionsMax) return undefined;
    return FULL_RETRY_AFTER_MIN_MS + Math.floor(fraction(this.#parts.random) * FULL_RETRY_AFTER_SPAN_MS);
  }

  /** Whether the session may be begun, or gone on with when `resuming`. */
  handshake(about: { resuming: boolean }): HandshakeVerdict {
    const { clock, load, random } = this.#parts;
    const chance = () => fraction(random);
    if (load.sheds('handshake')) return this.#handshakes.refuse(clock.now(), chance);
    return this.#handshakes.ask(about, clock.now(), chance);
  }
}
