import type { Broker, Identity, Logger } from '@hongyan/core';
import { encodeSetting, PLAIN_PING } from '@hongyan/protocol';
import { Role } from '@hongyan/protocol/cluster';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { Announcer, createPresenceChannel, Roster, Subjects, tellSightChanged } from '../cluster/index.ts';
import { Gateway } from '../gateway/gateway.ts';
import { LoadShedding } from '../gateway/load-shedding.ts';
import { createLogic } from '../logic/index.ts';
import { ManualClock } from './manual-clock.ts';
import { NodeProcess } from './node-process.ts';
import { Peer } from './peer.ts';
import { testId } from './people.ts';

const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** What is used of the testkit's BrokerNetwork, which only tests may name. */
interface Network {
  connect(nodeId: string, process: NodeProcess): Broker;
  leave(nodeId: string): void;
  restore(isConcerned?: (nodeId: string) => boolean): void;
}

interface NetworkParts {
  clock: ManualClock;
  passage: (from: string, to: string) => { arrives: false } | { arrives: true; afterMs: number };
}

export interface PresenceNode {
  process: NodeProcess;
  gateway: Gateway;
  announcer: Announcer;
  /** What the node sent, by subject. */
  sent: string[];
  delayMs: number;
}

/** Gateways of one cluster, each with logic beside it over one store. Person n's token is its number. */
export class PresenceWorld {
  readonly clock = new ManualClock();
  readonly store = createMemoryStore();
  readonly network: Network;
  isLost: (from: string, to: string) => boolean = () => false;

  constructor(makeNetwork: (parts: NetworkParts) => Network) {
    this.network = makeNetwork({
      clock: this.clock,
      passage: (from, to) => (this.isLost(from, to) ? { arrives: false } : { arrives: true, afterMs: 1 }),
    });
  }

  node(nodeId: string): PresenceNode {
    const subjects = new Subjects('test');
    const process = new NodeProcess(this.clock, () => this.network.leave(nodeId));
    const { clock } = process;
    const sent: string[] = [];
    const inner = this.network.connect(nodeId, process);
    const broker: Broker = {
      ...inner,
      publish(subject, payload) {
        sent.push(subject.slice('test.'.length));
        inner.publish(subject, payload);
      },
    };
    const announcer = new Announcer({
      broker,
      subjects,
      clock,
      nodeId,
      roles: [Role.GATEWAY],
      gateway: () => undefined,
    });
    const roster = new Roster({ broker, subjects, clock, onAsked: () => announcer.announce() });
    broker.onRestored(() => announcer.restored());
    const bus = createInProcessBus();
    const logic = createLogic({
      store: this.store,
      bus,
      clock,
      logger: silent,
      onSightChanged(changed) {
        node.gateway.presence.sightChanged(changed);
        tellSightChanged({ broker, subjects }, changed);
      },
    });
    let ids = 0;
    const random = { bytes: (count: number) => new Uint8Array(count).fill(++ids) };
    const gateway = new Gateway({
      logic,
      bus,
      clock,
      logger: silent,
      random,
      load: new LoadShedding({ random, eventLoopDelay: { takeMs: () => node.delayMs } }),
      authenticator: { authenticate: async (token) => personOf(Number(token)) },
      presenceChannel: createPresenceChannel({ broker, subjects, roster, nodeId }),
      defer: queueMicrotask,
    });
    const node: PresenceNode = { process, gateway, announcer, sent, delayMs: 0 };
    announcer.start();
    return node;
  }

  readonly #peers: Peer[] = [];
  #pingedMs = 0;

  /** Time goes on in small steps, in which everything else happens; devices give signs of life. */
  async pass(ms: number, stepMs = 250): Promise<void> {
    for (let passed = 0; passed < ms; passed += stepMs) {
      if (this.clock.now() > this.#pingedMs + 20_000) this.#ping();
      this.clock.advance(Math.min(stepMs, ms - passed));
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  async online({ gateway }: PresenceNode, person: number): Promise<Peer> {
    const peer = new Peer(gateway);
    peer.hello(String(person), { features: [1, 8] });
    this.#peers.push(peer);
    await this.pass(10, 5);
    return peer;
  }

  async watch(peer: Peer, people: readonly number[], conversationIds: string[] = []): Promise<void> {
    const userIds = people.map((person) => personOf(person).userId);
    peer.say(50, { case: 'watch', value: { userIds, conversationIds } });
    await this.pass(20, 5);
  }

  #ping(): void {
    this.#pingedMs = this.clock.now();
    for (const peer of this.#peers) peer.say(99, { case: 'ping', value: PLAIN_PING });
  }

  choose(peer: Peer, name: string, value: string): void {
    const record = { key: `setting/${name}`, changedAtMs: this.clock.now(), value: encodeSetting({ value }) };
    peer.say(60, { case: 'setRecord', value: { record } });
  }
}

export const personOf = (person: number): Identity => ({ userId: testId('u', person), deviceId: testId('d', person) });
