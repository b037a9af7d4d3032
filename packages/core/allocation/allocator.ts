import { returnAfterMs, returnToFullAfterMs } from '../load/return-times.ts';
import type { Allocation, AllocationRequest } from './allocation.ts';
import { isSound, type NodeAnnouncement } from './announcement.ts';
import { Candidate } from './candidate.ts';
import { chooseGateways } from './choose-gateways.ts';
import { WaitingLine } from './waiting-line.ts';

/** Nodes that are remembered; for one more the one that was silent for longest is forgotten. */
const NODES_MAX = 10_000;
/** A node that was silent for this long is forgotten. */
const FORGOTTEN_AFTER_MS = 60_000;
/** The part of the rate at which those in the line are called; the rest makes up for what comes unevenly. */
const CALLED_SHARE = 0.9;
/** Who was called and found no room comes again after this part of all the time they waited: ever later. */
const CALLED_IN_VAIN_SHARE = 0.05;

export interface AllocatorOptions {
  /** Where the allocator stands; undefined: no site is preferred. */
  site: string | undefined;
  /** For how many a place is kept in the line. */
  placesMax?: number;
}

/**
 * Decides which gateway somebody connects to, or who waits meanwhile (A6, L3). Each allocator decides by itself, from the
 * nodes' announcements and what it gave out since; of each node's rate it gives out its part and no more.
 */
export class Allocator {
  readonly #site: string | undefined;
  readonly #line: WaitingLine;
  /** The one heard longest ago first. */
  readonly #nodes = new Map<string, Candidate>();
  #allocators = 1;

  constructor({ site, placesMax }: AllocatorOptions) {
    this.#site = site;
    this.#line = new WaitingLine(placesMax);
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#line.length;
  }

  /** How many nodes are remembered. */
  get nodeCount(): number {
    return this.#nodes.size;
  }

  /** How many allocators give out the same nodes, this one included. Holds for a node from its next announcement on. */
  sharedBy(allocators: number): void {
    this.#allocators = Math.max(1, allocators);
  }

  /** `ageMs`: how long ago it was said. */
  hear(announcement: NodeAnnouncement, ageMs: number, nowMs: number): void {
    if (!isSound(announcement)) return;
    const said = { announcement, saidAtMs: nowMs - ageMs, allocators: this.#allocators };
    const { nodeId } = announcement;
    const node = this.#nodes.get(nodeId) ?? new Candidate(said, nowMs);
    node.hear(said, nowMs);
    this.#nodes.delete(nodeId);
    this.#nodes.set(nodeId, node);
    this.#forget(nowMs);
  }

  /** `random` gives numbers in [0, 1). */
  allocate({ waitingSinceMs }: AllocationRequest, nowMs: number, random: () => number): Allocation {
    const open = [...this.#nodes.values()].filter((node) => node.isOpen(nowMs));
    this.#line.move(nowMs, open.reduce((sum, { perSecond }) => sum + perSecond, 0) * CALLED_SHARE);
    const mayPass = this.#passage(open, waitingSinceMs, nowMs);
    const [first, ...others] = chooseGateways({ open, ready: open.filter(mayPass), site: this.#site }, random);
    if (first === undefined) return this.#queue(waitingSinceMs, open.length > 0, nowMs, random());
    first.give(nowMs);
    return { kind: 'allocated', gateways: [first, ...others].map(({ nodeId }) => nodeId) };
  }

  /** Where somebody may be sent at once: who was called takes what there is, others only what those in the line leave. */
  #passage(open: readonly Candidate[], sinceMs: number | undefined, nowMs: number): (node: Candidate) => boolean {
    const isTurn = this.#line.length <= 0 || (sinceMs !== undefined && this.#line.placeOf(sinceMs) <= 0);
    if (isTurn) return (node) => node.isReady(nowMs);
    const isRoomForAll = open.reduce((sum, { free }) => sum + free, 0) > this.#line.length;
    return (node) => isRoomForAll && node.isIdle(nowMs);
  }

  #queue(sinceMs: number | undefined, isOpen: boolean, nowMs: number, random: number): Allocation {
    const waitingSinceMs = sinceMs ?? this.#line.join(nowMs);
    const place = waitingSinceMs === undefined ? this.#line.length + 1 : this.#line.placeOf(waitingSinceMs);
    const retryAfterMs = isOpen
      ? this.#returnAfterMs(place, waitingSinceMs, nowMs, random)
      : returnToFullAfterMs(random);
    return { kind: 'queued', place: Math.max(1, Math.ceil(place)), retryAfterMs, waitingSinceMs };
  }

  #returnAfterMs(place: number, sinceMs: number | undefined, nowMs: number, random: number): number {
    if (sinceMs === undefined) return returnAfterMs(Number.POSITIVE_INFINITY, random);
    if (place > 0) return returnAfterMs(this.#line.msUntil(place), random);
    return returnAfterMs(Math.max(this.#line.msUntil(1), (nowMs - sinceMs) * CALLED_IN_VAIN_SHARE), random);
  }

  #forget(nowMs: number): void {
    for (const [nodeId, node] of this.#nodes) {
      if (this.#nodes.size <= NODES_MAX && node.silentForMs(nowMs) < FORGOTTEN_AFTER_MS) return;
      this.#nodes.delete(nodeId);
    }
  }
}
