import type { Broker, Clock } from '@hongyan/core';
import { type Announcement, decodeAnnouncement, NodeState, type Role } from '@hongyan/protocol/cluster';
import type { Subjects } from './subjects.ts';

/** A node that has said nothing for so long is taken to be gone, or to be no use. */
export const SILENT_MS = 2_500;
const SWEEP_INTERVAL_MS = 500;
/** More than a cluster has; those that were heard first stay. */
const NODES_MAX = 10_000;

/** Another node, as it was heard last. */
export interface KnownNode extends Announcement {
  heardMs: number;
}

export interface RosterParts {
  broker: Broker;
  subjects: Subjects;
  clock: Clock;
  /** Everybody is to announce itself. */
  onAsked: () => void;
}

/** The other nodes, by what they announce. */
export class Roster {
  readonly #parts: RosterParts;
  readonly #nodes = new Map<string, KnownNode>();
  readonly #listeners = new Set<() => void>();
  readonly #hearers = new Set<(announcement: Announcement) => void>();
  readonly #end: () => void;
  #cancelSweep: () => void;

  constructor(parts: RosterParts) {
    this.#parts = parts;
    this.#end = parts.broker.subscribe(parts.subjects.nodes, (payload) => this.#hear(payload));
    this.#cancelSweep = parts.clock.schedule(SWEEP_INTERVAL_MS, () => this.#sweep());
  }

  /** Those that serve in this role. */
  serving(role: Role): KnownNode[] {
    return [...this.#nodes.values()].filter(({ roles, state }) => state === NodeState.SERVING && roles.includes(role));
  }

  get(nodeId: string): KnownNode | undefined {
    return this.#nodes.get(nodeId);
  }

  /** Calls `listener` whenever a node came, went, or changed its state. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Calls `hearer` with every announcement of another node, once the roster knows of it. */
  onHeard(hearer: (announcement: Announcement) => void): void {
    this.#hearers.add(hearer);
  }

  /** The node is known to be gone before its silence says so. */
  forget(nodeId: string): void {
    if (this.#nodes.delete(nodeId)) this.#changed();
  }

  close(): void {
    this.#end();
    this.#cancelSweep();
  }

  #hear(payload: Uint8Array): void {
    const announcement = decodeAnnouncement(payload);
    const { nodeId, state, restored, asks } = announcement;
    const before = this.#nodes.get(nodeId);
    if (before === undefined && this.#nodes.size >= NODES_MAX) return;
    this.#nodes.set(nodeId, { ...announcement, heardMs: this.#parts.clock.now() });
    if (before?.state !== state || before.restored !== restored) this.#changed();
    for (const hearer of this.#hearers) hearer(announcement);
    if (asks) this.#parts.onAsked();
  }

  #sweep(): void {
    const { clock } = this.#parts;
    const silentSinceMs = clock.now() - SILENT_MS;
    const silent = [...this.#nodes.values()].filter(({ heardMs }) => heardMs < silentSinceMs);
    for (const { nodeId } of silent) this.#nodes.delete(nodeId);
    if (silent.length > 0) this.#changed();
    this.#cancelSweep = clock.schedule(SWEEP_INTERVAL_MS, () => this.#sweep());
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
