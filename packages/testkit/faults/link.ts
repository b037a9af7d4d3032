import type { Clock } from '@hongyan/core';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { NetworkConditions } from './conditions.ts';

/** One end of a connection, as the network calls it. Nothing is called after `lost`. */
export interface End {
  receive(bytes: Uint8Array): void;
  /** The connection is gone: closed by the other side, or cut. */
  lost(): void;
}

export type Side = 'client' | 'server';

export interface LinkParts {
  clock: Clock;
  random: SeededRandom;
  conditions: () => NetworkConditions;
}

const other = (side: Side): Side => (side === 'client' ? 'server' : 'client');

interface Lane {
  end: End | undefined;
  /** Nothing on this lane arrives before this: bytes stay in order. */
  lastArrivalMs: number;
  inFlightBytes: number;
}

const MS_PER_S = 1_000;

/**
 * A connection between a client and a server with what TCP promises: bytes arrive in order and whole, until it is cut;
 * then whatever was on its way is lost, perhaps in the middle of a frame, and a side may not notice (half-open).
 */
export class Link {
  readonly #parts: LinkParts;
  /** By the side that receives. */
  readonly #lanes: Record<Side, Lane>;
  #cut = false;

  constructor(parts: LinkParts, client: End, server: End) {
    this.#parts = parts;
    const lane = (end: End): Lane => ({ end, lastArrivalMs: 0, inFlightBytes: 0 });
    this.#lanes = { client: lane(client), server: lane(server) };
  }

  /** Whether either side still believes in the connection. */
  get alive(): boolean {
    return this.#lanes.client.end !== undefined || this.#lanes.server.end !== undefined;
  }

  /** Bytes that `side` has sent and that have not arrived. */
  bufferedBytes(side: Side): number {
    return this.#lanes[other(side)].inFlightBytes;
  }

  /** Sends from `side` to the other; on a cut or closed connection it does nothing. */
  send(side: Side, bytes: Uint8Array): void {
    const lane = this.#lanes[other(side)];
    if (this.#cut || lane.end === undefined || this.#lanes[side].end === undefined) return;
    const copy = Uint8Array.from(bytes);
    const splits = copy.length > 1 && this.#parts.random.chance(this.#parts.conditions().splitChance);
    const at = splits ? this.#parts.random.between(1, copy.length - 1) : copy.length;
    this.#deliver(lane, copy.subarray(0, at));
    if (at < copy.length) this.#deliver(lane, copy.subarray(at));
  }

  /** `side` closes: the other one still receives what was sent, then learns of it. */
  close(side: Side): void {
    if (this.#lanes[side].end === undefined) return;
    this.#lanes[side].end = undefined;
    const lane = this.#lanes[other(side)];
    this.#arrive(lane, 0, () => this.#lose(lane));
  }

  /** Cuts the connection; only the sides in `noticedBy` learn of it. The others have to find out by themselves. */
  cut(noticedBy: readonly Side[]): void {
    this.#cut = true;
    for (const side of noticedBy) this.#lose(this.#lanes[side]);
  }

  /**
   * Nothing that `side` sends from now on arrives before `forMs` have passed, and nobody is told: half-open, until it
   * heals or somebody gives up.
   */
  stall(side: Side, forMs: number): void {
    const lane = this.#lanes[other(side)];
    lane.lastArrivalMs = Math.max(lane.lastArrivalMs, this.#parts.clock.now() + forMs);
  }

  #deliver(lane: Lane, bytes: Uint8Array): void {
    lane.inFlightBytes += bytes.length;
    this.#arrive(lane, bytes.length, () => {
      lane.inFlightBytes -= bytes.length;
      lane.end?.receive(bytes);
    });
  }

  #arrive(lane: Lane, byteCount: number, task: () => void): void {
    const { clock, random, conditions } = this.#parts;
    const { latencyMsMax, spikeChance, spikeMsMax, bytesPerSecond } = conditions();
    const spikeMs = random.chance(spikeChance) ? random.between(0, spikeMsMax) : 0;
    const freeMs = lane.lastArrivalMs + Math.floor((byteCount * MS_PER_S) / bytesPerSecond);
    lane.lastArrivalMs = Math.max(freeMs, clock.now() + random.between(1, latencyMsMax) + spikeMs);
    clock.schedule(lane.lastArrivalMs - clock.now(), () => {
      if (!this.#cut) task();
    });
  }

  #lose(lane: Lane): void {
    const end = lane.end;
    lane.end = undefined;
    end?.lost();
  }
}
