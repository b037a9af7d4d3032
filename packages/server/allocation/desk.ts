import { Allocator, BoundedMap, type Clock } from '@hongyan/core';
import { type Announcement, NodeState } from '@hongyan/protocol/cluster';
import type { Tickets } from '../auth/tickets.ts';
import type { Allocations, GatewayAddress, GatewayAnswer, GatewayRequest } from './allocations.ts';

/** How long an answer is good: after it, somebody who connects anew is sent to where there is room by then. */
const KEEP_FOR_MS = 60 * 60_000;
/** Nobody is sent anywhere by less than a whole round of announcements, which come once a second. */
const HEARS_FIRST_MS = 1_500;
/** As many as the allocator remembers. */
const NODES_MAX = 10_000;

export interface AllocationDeskParts {
  /** Where this node stands; empty: no site is preferred. */
  site: string;
  tickets: Tickets;
  clock: Clock;
  /** Gives numbers in [0, 1). */
  fraction: () => number;
}

/** Sends devices to the gateways of a cluster, by what these announce (A6, L3). */
export class AllocationDesk implements Allocations {
  readonly #parts: AllocationDeskParts;
  readonly #allocator: Allocator;
  readonly #addresses = new BoundedMap<string, GatewayAddress>(NODES_MAX);
  readonly #open = Promise.withResolvers<void>();
  #cancel: () => void = () => undefined;

  constructor(parts: AllocationDeskParts) {
    this.#parts = parts;
    this.#allocator = new Allocator({ site: parts.site || undefined });
  }

  /** All nodes were asked to announce themselves; who asks meanwhile waits until they had time to. */
  start(): void {
    this.#cancel = this.#parts.clock.schedule(HEARS_FIRST_MS, () => this.#open.resolve());
  }

  /** Whoever waits is answered by what is known. */
  close(): void {
    this.#cancel();
    this.#open.resolve();
  }

  /** How many nodes give out the same gateways, this one included. */
  sharedBy(desks: number): void {
    this.#allocator.sharedBy(desks);
  }

  /** Takes what a node says just now; one that is no gateway says nothing here. */
  hear({ nodeId, state, gateway }: Announcement): void {
    if (gateway === undefined) return;
    const { url, tcpPort, ...load } = gateway;
    const address = { url, tcpPort: tcpPort || undefined };
    // The one that was silent for longest makes room.
    this.#addresses.touch(nodeId, address);
    this.#addresses.set(nodeId, address);
    const isDraining = state !== NodeState.SERVING;
    this.#allocator.hear({ ...load, nodeId, isDraining }, 0, this.#parts.clock.now());
  }

  async allocate({ deviceId, ticket }: GatewayRequest): Promise<GatewayAnswer> {
    await this.#open.promise;
    const { tickets, clock, fraction } = this.#parts;
    const waitingSinceMs = ticket === undefined ? undefined : tickets.read(deviceId, ticket);
    const allocation = this.#allocator.allocate({ waitingSinceMs }, clock.now(), fraction);
    switch (allocation.kind) {
      case 'allocated':
        return { status: 'allocated', gateways: this.#addressesOf(allocation.gateways), keepForMs: KEEP_FOR_MS };
      case 'queued': {
        const { place, retryAfterMs, waitingSinceMs: sinceMs } = allocation;
        const kept = sinceMs === undefined ? undefined : tickets.issue(deviceId, sinceMs, retryAfterMs);
        return { status: 'queued', place, retryAfterMs, ticket: kept };
      }
    }
  }

  /** Gateways behind one address, such as a load balancer's, are one to whoever connects. */
  #addressesOf(nodeIds: readonly string[]): GatewayAddress[] {
    const addresses = new Map<string, GatewayAddress>();
    for (const nodeId of nodeIds) {
      const address = this.#addresses.get(nodeId);
      if (address !== undefined && !addresses.has(address.url)) addresses.set(address.url, address);
    }
    return [...addresses.values()];
  }
}
