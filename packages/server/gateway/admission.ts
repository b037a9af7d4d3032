import {
  type Clock,
  type HandshakePart,
  Handshakes,
  type HandshakeVerdict,
  type Random,
  type Rate,
  returnToFullAfterMs,
} from '@hongyan/core';
import { fraction } from './fraction.ts';
import type { LoadShedding } from './load-shedding.ts';

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
  #begun = 0;

  constructor(parts: AdmissionParts) {
    const unlimited = { perSecond: Number.MAX_SAFE_INTEGER, burst: Number.MAX_SAFE_INTEGER };
    this.#parts = parts;
    this.#handshakes = new Handshakes(parts.handshakeRate ?? unlimited, parts.clock.now());
  }

  /** Sessions that were begun or gone on with. */
  get begun(): number {
    return this.#begun;
  }

  get refused(): number {
    return this.#handshakes.refused;
  }

  /** Whether so many connections are more than there is room for. */
  isFull(connectionCount: number): boolean {
    return connectionCount > this.#parts.connectionsMax;
  }

  /** When to come back; undefined: there is room for the connection, which counts already. */
  connect(connectionCount: number): number | undefined {
    if (!this.isFull(connectionCount)) return undefined;
    return returnToFullAfterMs(fraction(this.#parts.random));
  }

  /** Whether there is room for the handshake, or this part of it, which counts from now on. */
  handshake(part: HandshakePart): HandshakeVerdict {
    const { clock, load, random } = this.#parts;
    const chance = () => fraction(random);
    if (part !== 'rest' && load.sheds('handshake')) return this.#handshakes.refuse(clock.now(), chance);
    return this.#handshakes.ask(part, clock.now(), chance);
  }

  /** Nobody came in by it: it does not count. */
  giveBack(part: HandshakePart): void {
    this.#handshakes.giveBack(part);
  }

  /** Somebody came in. */
  began(): void {
    this.#begun += 1;
  }
}
