import type { Clock, Random } from '@hongyan/core';
import { Role } from '@hongyan/protocol/cluster';
import { AllocationDesk, type Allocations, allocationsAlone } from '../allocation/index.ts';
import type { Tickets } from '../auth/index.ts';
import type { Config } from '../config.ts';
import { fraction } from '../gateway/fraction.ts';
import type { Cluster } from './cluster.ts';

export interface AllocationNodeParts {
  /** Whose gateways are given out; undefined: there is no other node. */
  cluster: Cluster | undefined;
  config: Pick<Config, 'site'>;
  tickets: Tickets;
  clock: Clock;
  random: Random;
}

/** A node's answers to the question where to connect, and what they have to be told of the node's life. */
export interface NodeAllocations {
  allocations: Allocations;
  /** The others were asked to announce themselves. */
  start(): void;
  close(): void;
}

/** For a node with the role `api`. */
export function openAllocations({ cluster, config, tickets, clock, random }: AllocationNodeParts): NodeAllocations {
  if (cluster === undefined) return { allocations: allocationsAlone, start() {}, close() {} };
  const { roster, announcer } = cluster;
  const desk = new AllocationDesk({ site: config.site, tickets, clock, fraction: () => fraction(random) });
  const count = () => desk.sharedBy(roster.serving(Role.API).length + 1);
  roster.onChange(count);
  roster.onHeard((announcement) => desk.hear(announcement));
  announcer.onAnnounced((announcement) => desk.hear(announcement));
  return { allocations: desk, start: () => desk.start(), close: () => desk.close() };
}
