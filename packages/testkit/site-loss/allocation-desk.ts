import { type Allocation, type AllocationRequest, Allocator, type NodeAnnouncement } from '@hongyan/core';
import { EmptiestFirst } from './emptiest-first.ts';
import { WorkQueue } from './work-queue.ts';
import type { SiteLossOptions, World } from './world.ts';

/** From asking to the answer, over a connection that has to be made first, when nothing has to wait. */
export const ASK_ROUND_TRIPS_MS = 100;
/** A request that takes longer is given up. */
export const REQUEST_TIMEOUT_MS = 10_000;

export type AllocationPolicy = Pick<Allocator, 'hear' | 'sharedBy' | 'allocate'>;

/** One process that answers where to connect: the server's own allocator, and work that takes time. */
export class AllocationDesk {
  readonly name: string;
  readonly site: string;
  readonly work: WorkQueue;
  readonly #policy: AllocationPolicy;
  readonly #random: () => number;
  #downSinceMs: number | undefined;

  constructor(name: string, site: string, policy: SiteLossOptions['policy'], world: World, random: () => number) {
    this.name = name;
    this.site = site;
    this.work = new WorkQueue(world.asksPerSecond);
    this.#policy = policy === 'weighted' ? new Allocator({ site }) : new EmptiestFirst();
    this.#random = random;
  }

  get isDown(): boolean {
    return this.#downSinceMs !== undefined;
  }

  /** Whether the others take it for alive: they need so long to notice that it is not. */
  seemsAlive(nowMs: number, noticedAfterMs: number): boolean {
    return this.#downSinceMs === undefined || nowMs - this.#downSinceMs < noticedAfterMs;
  }

  hear(announcement: NodeAnnouncement, ageMs: number, nowMs: number): void {
    this.#policy.hear(announcement, ageMs, nowMs);
  }

  sharedBy(allocators: number): void {
    this.#policy.sharedBy(allocators);
  }

  /** A request comes in. Answers when it will be looked at, from now; undefined: so late that nobody waits for it. */
  arrive(nowMs: number): number | undefined {
    const waitMs = this.work.waitMs(nowMs);
    this.work.add(1, nowMs);
    return waitMs < REQUEST_TIMEOUT_MS ? waitMs : undefined;
  }

  answer(request: AllocationRequest, nowMs: number): Allocation {
    return this.#policy.allocate(request, nowMs, this.#random);
  }

  fall(nowMs: number): void {
    this.#downSinceMs ??= nowMs;
  }
}
