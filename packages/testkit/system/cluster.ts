import type { Broker, Clock } from '@hongyan/core';
import { BrokerNetwork, type NodeEnd } from '../faults/broker.ts';
import type { End, Link } from '../faults/link.ts';
import type { Observation } from '../observation.ts';
import type { NodePlan } from '../plan/plan.ts';
import type { Streams } from '../random/streams.ts';
import { idOf } from './names.ts';
import { type NodeParts, SimulatedNode, type Trap } from './node.ts';
import type { NodeNetwork } from './node-program.ts';

export interface ClusterParts extends Omit<NodeParts, 'plan' | 'network'> {
  nodes: readonly NodePlan[];
}

/** All nodes of a run, and the broker between them when there are several. */
export class SimulatedCluster {
  readonly #nodes: readonly SimulatedNode[];
  readonly #streams: Streams;
  readonly #observe: (observation: Observation) => void;
  readonly #broker: SimulatedBroker | undefined;
  #accepted = 0;

  constructor({ nodes, ...parts }: ClusterParts) {
    this.#streams = parts.streams;
    this.#observe = parts.observe;
    this.#broker = nodes.length > 1 ? new SimulatedBroker(parts) : undefined;
    this.#nodes = nodes.map((plan) => new SimulatedNode({ ...parts, plan, network: this.#broker }));
  }

  node(name: string): SimulatedNode | undefined {
    return this.#nodes.find((node) => node.name === name);
  }

  /** The connections somebody still believes in; of one visitor, or of all. */
  links(visitor?: string): readonly Link[] {
    return this.#nodes.flatMap((node) => node.links(visitor));
  }

  /** A node that makes groups; undefined while there is none. */
  get founder(): SimulatedNode | undefined {
    return this.#nodes.find((node) => node.found !== undefined);
  }

  /** Starts whatever is not running. */
  start(): void {
    for (const node of this.#nodes) node.start();
  }

  /** Kills all nodes at once. */
  crash(crashed: () => void = () => undefined): void {
    const running = this.#nodes.filter((node) => node.isRunning);
    let left = running.length;
    const trap: Trap = {
      point: 'at-once',
      isUnsaid: false,
      crashed() {
        left -= 1;
        if (left === 0) crashed();
      },
    };
    for (const node of running) node.crashAt(trap);
  }

  brokerDown(forMs: number): void {
    this.#broker?.down(forMs);
  }

  /** One node does not reach the broker, and is not heard there. */
  cutOff(name: string, forMs: number): void {
    this.#broker?.cutOff(name, forMs);
  }

  failOver(forMs: number): void {
    for (const node of this.#nodes) node.failOver(forMs);
  }

  /** Faults are over. */
  heal(): void {
    this.#broker?.heal();
    for (const node of this.#nodes) node.heal();
  }

  /** A connection to one of the gateways, as a balancer chooses; undefined while there is none. */
  accept(name: string, end: End): Link | undefined {
    this.#accepted += 1;
    const open = this.#nodes.filter((node) => node.isOpen);
    const count = this.#accepted;
    const gateway = open.length > 1 ? this.#streams(`door ${name} ${count}`).pick(open) : open[0];
    const link = gateway?.accept({ name, end, count });
    if (gateway !== undefined && link !== undefined) {
      this.#observe({ kind: 'accepted', deviceId: idOf('d', name), gateway: gateway.name });
    }
    return link;
  }
}

/** The broker between the nodes: each message takes its time; while it, or a way to it, is down, messages are lost. */
class SimulatedBroker implements NodeNetwork {
  readonly #network: BrokerNetwork;
  readonly #clock: Clock;
  /** Until when a node is cut off; '' for all. */
  readonly #cutOff = new Map<string, number>();

  constructor({ clock, streams, conditions }: Omit<ClusterParts, 'nodes'>) {
    this.#clock = clock;
    const random = streams('broker');
    this.#network = new BrokerNetwork({
      clock,
      passage: (from, to) => {
        const isLost = this.#isCutOff(from) || this.#isCutOff(to);
        return isLost
          ? { arrives: false }
          : { arrives: true, afterMs: random.between(0, conditions().broker.latencyMsMax) };
      },
    });
  }

  connect(nodeId: string, end: NodeEnd): Broker {
    return this.#network.connect(nodeId, end);
  }

  leave(nodeId: string): void {
    this.#network.leave(nodeId);
  }

  down(forMs: number): void {
    this.cutOff('', forMs);
  }

  cutOff(name: string, forMs: number): void {
    const untilMs = Math.max(this.#cutOff.get(name) ?? 0, this.#clock.now() + forMs);
    this.#cutOff.set(name, untilMs);
    this.#clock.schedule(forMs, () => {
      if (this.#cutOff.get(name) === untilMs) this.#rejoin(name);
    });
  }

  heal(): void {
    for (const name of [...this.#cutOff.keys()]) this.#rejoin(name);
  }

  #rejoin(name: string): void {
    if (!this.#cutOff.delete(name)) return;
    this.#network.restore((nodeId) => name === '' || nameOf(nodeId) === name);
  }

  #isCutOff(nodeId: string): boolean {
    return this.#cutOff.has('') || this.#cutOff.has(nameOf(nodeId));
  }
}

/** A node has a new id in each of its lives. */
const nameOf = (nodeId: string): string => nodeId.slice(0, nodeId.lastIndexOf('-'));
