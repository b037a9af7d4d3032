import type { Broker, Bus, Clock, Random, Store } from '@hongyan/core';
import { type ConversationId, type DeviceId, decodeServerFrame, type UserId } from '@hongyan/protocol';
import { Role, type SightChanged } from '@hongyan/protocol/cluster';
import { createInProcessBus } from '@hongyan/server/adapters/bus/inprocess/bus.ts';
import {
  Announcer,
  BrokerBus,
  createPresenceChannel,
  Roster,
  Subjects,
  tellSightChanged,
} from '@hongyan/server/cluster';
import { createGateway, type Gateway } from '@hongyan/server/gateway';
import { createGroup, createLogic, Expiry, type NewGroup, type RunningLogic } from '@hongyan/server/logic';
import { createRelayedAuthenticator, createRelayedLogic, LogicService, Relay } from '@hongyan/server/relay';
import type { NodeEnd } from '../faults/broker.ts';
import { createFaultyBus, toEach } from '../faults/bus.ts';
import type { Observation } from '../observation.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { NodeParts } from './node.ts';

const DRAIN_MS_MAX = 5_000;

/** What connects nodes: gives each its end of the broker, and takes it away. */
export interface NodeNetwork {
  connect(nodeId: string, end: NodeEnd): Broker;
  /** The broker knows that the node is gone. */
  leave(nodeId: string): void;
}

export interface ProgramParts extends NodeParts {
  nodeId: string;
  clock: Clock;
  random: SeededRandom & Random;
  store: Store;
  life: { readonly isAlive: boolean };
  /** Runs a task that comes from outside, while the process lives and is awake. */
  enter: (task: () => void) => void;
}

/** What runs in one process. */
export interface NodeProgram {
  gateway: Gateway | undefined;
  /** As REST does it; undefined on a node that knows no store. */
  found: ((founder: UserId, group: NewGroup, conversationId: ConversationId) => Promise<unknown>) | undefined;
  /** As on SIGTERM. */
  drain(): Promise<void>;
  /** The process is gone, and the others' broker knows. */
  leave(): void;
}

/** The parts of a node as compose/ puts them together, with faults between them. */
export function startProgram(parts: ProgramParts): NodeProgram {
  return parts.network === undefined ? startAlone(parts) : startInCluster(parts, parts.network);
}

function startAlone(parts: ProgramParts): NodeProgram {
  const { clock, random, store, authenticator, logger, limits } = parts;
  const bus = faulty(createInProcessBus(), parts);
  const onSightChanged = (changed: SightChanged) => gateway.presence.sightChanged(changed);
  const logic = createLogic({ store, bus, clock, logger, limits, onSightChanged });
  const expiry = new Expiry({ store, clock, logger });
  const defer = (task: () => void) => void clock.schedule(0, task);
  const gateway = createGateway({ logic, bus, authenticator, clock, random, logger, limits, defer });
  return {
    gateway,
    found: founding(store, bus, clock),
    async drain() {
      await expiry.end();
      await gateway.drain(DRAIN_MS_MAX);
      await logic.drain();
    },
    leave: () => undefined,
  };
}

function startInCluster(parts: ProgramParts, network: NodeNetwork): NodeProgram {
  const { plan, nodeId, clock, random, store, authenticator, logger, limits, life, enter } = parts;
  const broker = parts.wrapBroker(network.connect(nodeId, { isAlive: () => life.isAlive, enter }));
  const subjects = new Subjects('sim');
  const defer = (task: () => void) => void clock.schedule(0, task);
  const roles = [...(plan.isGateway ? [Role.GATEWAY] : []), ...(plan.isLogic ? [Role.LOGIC] : [])];
  const announcer = new Announcer({ broker, subjects, clock, nodeId, roles, gateway: () => undefined });
  const roster = new Roster({ broker, subjects, clock, onAsked: () => announcer.announce() });
  const local = faulty(createInProcessBus(), parts);
  const bus = new BrokerBus({ broker, subjects, roster, local, defer });
  const signedOut = async (deviceIds: readonly DeviceId[]) => {
    const found = await Promise.all(deviceIds.map((deviceId) => store.accounts.deviceById(deviceId)));
    return deviceIds.filter((_, at) => found[at] === undefined);
  };
  let logic: RunningLogic | undefined;
  let service: LogicService | undefined;
  let gateway: Gateway | undefined;
  let expiry: Expiry | undefined;
  if (plan.isLogic) {
    expiry = new Expiry({ store, clock, logger });
    const onSightChanged = (changed: SightChanged) => {
      gateway?.presence.sightChanged(changed);
      tellSightChanged({ broker, subjects }, changed);
    };
    logic = parts.wrapLogic(createLogic({ store, bus, clock, logger, limits, onSightChanged }));
    service = new LogicService({
      nodeId,
      broker,
      subjects,
      roster,
      announcer,
      logic,
      authenticator,
      signedOut,
      clock,
      logger,
      defer,
    });
  }
  if (plan.isGateway) {
    const onForgotten = (sessionIds: ReadonlySet<string>) => gateway?.askToCompare(sessionIds);
    const relay = new Relay({ gatewayId: nodeId, broker, subjects, roster, clock, defer, onForgotten });
    const reached =
      logic === undefined
        ? { logic: createRelayedLogic(relay, clock), authenticator: createRelayedAuthenticator(relay, clock) }
        : { logic, authenticator };
    const presenceChannel = createPresenceChannel({ broker, subjects, roster, nodeId });
    gateway = createGateway({ ...reached, bus, clock, random, logger, limits, presenceChannel, defer });
  }
  broker.onRestored(() => {
    announcer.restored();
    gateway?.askToCompare();
  });
  announcer.start();
  return {
    gateway,
    found: plan.isLogic ? founding(store, bus, clock) : undefined,
    async drain() {
      await expiry?.end();
      announcer.leave();
      await gateway?.drain(DRAIN_MS_MAX);
      await service?.drain();
      await logic?.drain();
      await new Promise<void>((resolve) => defer(resolve));
      service?.close();
      announcer.stop();
    },
    leave: () => network.leave(nodeId),
  };
}

/** What a group's random id is made of, so that it is the one that the plan knows. */
const bytesOf = (conversationId: ConversationId): Uint8Array =>
  Uint8Array.from(conversationId.slice('group.g'.length), (letter) => alphabet.indexOf(letter));
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const founding =
  (store: Store, bus: Bus, clock: Clock): NodeProgram['found'] =>
  (founder, group, conversationId) => {
    const random: Random = { bytes: () => bytesOf(conversationId) };
    return createGroup({ store, bus, clock, random }, founder, group);
  };

/** Loses, doubles and delays pushes, and shows those that get through to those who listen. */
function faulty(inner: Bus, { plan, clock, random, conditions, observe, wrapBus }: ProgramParts): Bus {
  const bus = createFaultyBus(watched(inner, plan.name, observe), {
    clock,
    random: random.fork(),
    conditions: () => conditions().bus,
  });
  return wrapBus(bus);
}

function watched(bus: Bus, gateway: string, observe: (observation: Observation) => void): Bus {
  const publish: Bus['publish'] = (message) => {
    const { userId, exceptSessionId } = message;
    const { frame } = decodeServerFrame(message.frame);
    if (frame?.case === 'push') observe({ kind: 'carried', gateway, userId, push: frame.value, exceptSessionId });
    bus.publish(message);
  };
  return {
    publish,
    publishToAll: toEach(publish),
    subscribe: (userId, receive) => bus.subscribe(userId, receive),
  };
}
