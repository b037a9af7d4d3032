import type { Broker, Clock } from '@hongyan/core';
import {
  type Announcement,
  encodeAnnouncement,
  type GatewayLoad,
  NodeState,
  type Role,
} from '@hongyan/protocol/cluster';
import type { Subjects } from './subjects.ts';

const INTERVAL_MS = 1_000;

export interface AnnouncerParts {
  broker: Broker;
  subjects: Subjects;
  clock: Clock;
  nodeId: string;
  roles: readonly Role[];
  /** Asked each time; undefined on a node that is no gateway. */
  gateway: () => GatewayLoad | undefined;
}

/** Tells the other nodes, once a second and whenever it changes, what this one is and how it is. */
export class Announcer {
  readonly #parts: AnnouncerParts;
  #state: NodeState = NodeState.SERVING;
  #restored = 0;
  readonly #listeners = new Set<(announcement: Announcement) => void>();
  #cancel: () => void = () => undefined;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
  }

  /** How often the connection to the others was lost and made again. */
  get restoredCount(): number {
    return this.#restored;
  }

  /** Asks everybody to announce itself, too. */
  start(): void {
    this.#announce(true);
    this.#repeat();
  }

  /** Somebody asked. */
  announce(): void {
    this.#announce(false);
  }

  /** The connection to the others was lost and made again. */
  restored(): void {
    this.#restored += 1;
    this.#announce(true);
  }

  /** The node gets nothing new from now on. */
  leave(): void {
    this.#state = NodeState.LEAVING;
    this.#announce(false);
  }

  stop(): void {
    this.#cancel();
  }

  /** Calls `listener` with everything that is announced: what is sent to the others does not come back. */
  onAnnounced(listener: (announcement: Announcement) => void): void {
    this.#listeners.add(listener);
  }

  #repeat(): void {
    this.#cancel = this.#parts.clock.schedule(INTERVAL_MS, () => {
      this.#announce(false);
      this.#repeat();
    });
  }

  #announce(asks: boolean): void {
    const { broker, subjects, nodeId, roles, gateway } = this.#parts;
    const own = { nodeId, roles: [...roles], state: this.#state, restored: this.#restored, gateway: gateway() };
    const announcement = { ...own, asks };
    for (const listener of this.#listeners) listener(announcement);
    broker.publish(subjects.nodes, encodeAnnouncement(announcement));
  }
}
