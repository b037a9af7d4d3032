import type { Streams } from '../random/streams.ts';
import { AllocationDesk } from './allocation-desk.ts';
import { Gateway } from './gateway.ts';
import { LOST_SITE, SITES, type SiteLossOptions, type World } from './world.ts';

const ANNOUNCEMENT_INTERVAL_MS = 1_000;
/** How old an announcement is when it arrives. */
const ANNOUNCEMENT_AGE_MS = 50;
/** A dead allocator is left out of the count as a silent node is. */
const NOTICED_AFTER_MS = 3_000;

export interface ClusterHooks {
  /** A gateway lost all its connections. */
  down: (gateway: number, nowMs: number) => void;
  /** Something had too much to do for too long. */
  fell: (what: string, nowMs: number) => void;
}

/** All gateways and allocators, and what they hear of each other. */
export class Cluster {
  readonly gateways: readonly Gateway[];
  readonly desks: readonly AllocationDesk[];
  readonly #hooks: ClusterHooks;
  /** Within the interval of announcements. */
  readonly #phasesMs: readonly number[];

  constructor(world: World, policy: SiteLossOptions['policy'], streams: Streams, hooks: ClusterHooks) {
    this.#hooks = hooks;
    this.gateways = namesOf(world.gatewaysPerSite).map(({ name, site, index }) => {
      const connections = Math.floor(((world.peopleOf[site] ?? 0) + index) / world.gatewaysPerSite);
      const random = streams(`gateway ${name}`);
      return new Gateway(name, site, connections, world, () => random.fraction());
    });
    this.desks = namesOf(world.allocatorsPerSite).map(({ name, site }) => {
      const random = streams(`allocator ${name}`);
      return new AllocationDesk(name, site, policy, world, () => random.fraction());
    });
    const phases = streams('phases');
    this.#phasesMs = this.gateways.map(() => phases.between(0, ANNOUNCEMENT_INTERVAL_MS - 1));
  }

  /** Nothing is left that could serve anybody. */
  get isDown(): boolean {
    return this.gateways.every(({ isDown }) => isDown) || this.desks.every(({ isDown }) => isDown);
  }

  loseSite(nowMs: number): void {
    for (const [index, { site }] of this.gateways.entries()) if (site === LOST_SITE) this.#fall(index, nowMs);
    for (const desk of this.desks) if (desk.site === LOST_SITE) desk.fall(nowMs);
  }

  /** To be called every millisecond. */
  announce(nowMs: number): void {
    for (const [index, gateway] of this.gateways.entries()) {
      if (gateway.isDown || nowMs % ANNOUNCEMENT_INTERVAL_MS !== this.#phasesMs[index]) continue;
      const announcement = gateway.announcement();
      for (const desk of this.desks) if (!desk.isDown) desk.hear(announcement, ANNOUNCEMENT_AGE_MS, nowMs);
    }
  }

  /** Measures loads, and lets what is beyond help fall. To be called at even intervals. */
  look(nowMs: number): void {
    for (const [index, gateway] of this.gateways.entries()) {
      if (gateway.isDown) continue;
      gateway.observe(nowMs);
      if (!gateway.work.isBeyondHelp(nowMs)) continue;
      this.#hooks.fell(`gateway ${gateway.nodeId}`, nowMs);
      this.#fall(index, nowMs);
    }
    const living = this.desks.filter((desk) => desk.seemsAlive(nowMs, NOTICED_AFTER_MS)).length;
    for (const desk of this.desks) {
      if (desk.isDown) continue;
      desk.sharedBy(living);
      if (!desk.work.isBeyondHelp(nowMs)) continue;
      this.#hooks.fell(`allocator ${desk.name}`, nowMs);
      desk.fall(nowMs);
    }
  }

  #fall(index: number, nowMs: number): void {
    this.gateways[index]?.fall();
    this.#hooks.down(index, nowMs);
  }
}

function namesOf(countPerSite: number): { name: string; site: string; index: number }[] {
  return SITES.flatMap((site) =>
    Array.from({ length: countPerSite }, (_, index) => ({ name: `${site}${index}`, site, index })),
  );
}
