import { SeededRandom } from '@hongyan/testkit/random';
import { cast, type Role } from '../../faults/kit/cast.ts';
import type { Fault } from '../../faults/kit/fault.ts';
import { World } from '../../faults/kit/world.ts';
import { Cluster } from './cluster.ts';
import { Pauses } from './pauses.ts';

/** Before a fault so many messages show what is usual. */
const USUAL_MESSAGES = 60;

/** Enough conversations that each node with logic has some. */
const everybody: readonly Role[] = [
  ...cast,
  { person: 'dan', transport: 'ws', way: 'direct', store: 'memory' },
  { person: 'eve', transport: 'tcp', way: 'direct', store: 'memory' },
];

/** The longest time from writing a message to seeing that it was sent, before a fault and around it. */
export interface Pause {
  fault: string;
  usualMs: number;
  pauseMs: number;
}

/** Real clients at a cluster. */
export class ClusterWorld extends World {
  readonly cluster: Cluster;
  readonly measured: Pause[] = [];
  readonly #pauses: Pauses;

  private constructor(cluster: Cluster, random: SeededRandom, pauses: Pauses) {
    super({ place: cluster, cast: everybody, random, observe: (observation) => pauses.saw(observation) });
    this.cluster = cluster;
    this.#pauses = pauses;
  }

  static async create(seed: number): Promise<ClusterWorld> {
    const world = new ClusterWorld(await Cluster.start(), new SeededRandom(seed), new Pauses());
    await world.populate();
    return world;
  }

  /** Resolves when every device had something acknowledged that it wrote from now on, and nothing older waits. */
  everybodySpeaks(): Promise<void> {
    const sinceMs = performance.now();
    return this.sightings.until(
      () =>
        this.devices.every(({ deviceId }) => this.#pauses.hasSpoken(deviceId, sinceMs)) &&
        !this.#pauses.isWaiting(sinceMs),
    );
  }

  /** Has a fault happen while a load runs, and measures what people notice. Resolves when everybody speaks again. */
  async suffer([fault, inflict]: Fault<ClusterWorld>): Promise<void> {
    await this.everybodySpeaks();
    this.#pauses.takeLongestMs();
    await this.sightings.moreAcknowledged(USUAL_MESSAGES);
    const usualMs = this.#pauses.takeLongestMs();
    this.judge.note(fault);
    try {
      await inflict(this);
      await this.everybodySpeaks();
    } catch (cause) {
      throw new Error(`${fault}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
    this.measured.push({ fault, usualMs, pauseMs: this.#pauses.takeLongestMs() });
  }
}
