import type { Clock, Logger, Store } from '@hongyan/core';
import {
  type ConversationId,
  type Cursor,
  DEFAULT_LIMITS,
  directConversationId,
  type Entry,
  selfConversationId,
} from '@hongyan/protocol';
import { Engine } from '@hongyan/sdk/engine';
import { createMemoryStore } from '@hongyan/server/adapters/store/memory/index.ts';
import { createCheckers, type Settled } from '../checkers/index.ts';
import { calm } from '../faults/conditions.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { Trace } from '../trace.ts';
import { SimulatedDevice } from './device.ts';
import { idOf, names } from './names.ts';
import { type Plan, planRun } from './plan.ts';
import { Referee } from './referee.ts';
import type { Sabotage } from './sabotage.ts';
import { SimulatedServer } from './server.ts';

export interface SimulationParts {
  clock: Clock;
  random: SeededRandom;
  trace: Trace;
  sabotage: Sabotage;
}

const HEARTBEAT_INTERVAL_MS = 5_000;

/** A whole system in one process: devices, network, server, disk, and the referee who watches. */
export class Simulation {
  readonly plan: Plan;
  readonly devices: readonly SimulatedDevice[];
  readonly server: SimulatedServer;
  readonly referee: Referee;
  readonly #disk: Store;
  readonly #random: SeededRandom;
  readonly #clock: Clock;
  readonly #conversationIds: readonly ConversationId[];
  #conditions;
  #diskFailChance: number;

  constructor({ clock, random, trace, sabotage }: SimulationParts) {
    const plan = planRun(random.fork());
    const skews = random.fork();
    this.#disk = sabotage.disk?.(createMemoryStore()) ?? createMemoryStore();
    this.plan = plan;
    this.#random = random.fork();
    this.#clock = clock;
    this.#conditions = plan.conditions;
    this.#diskFailChance = plan.diskFailChance;
    const owners = new Map<string, string>();
    this.referee = new Referee(
      createCheckers((deviceId) => owners.get(deviceId) ?? ''),
      clock,
      trace,
    );
    const observe = this.referee.observe.bind(this.referee);
    const conditions = () => this.#conditions;
    const network = random.fork();
    this.server = new SimulatedServer({
      clock,
      random: random.fork(),
      disk: this.#disk,
      conditions,
      logger: tracing(trace),
      limits: {
        ...DEFAULT_LIMITS,
        pageEntriesMax: plan.pageEntriesMax,
        heartbeatIntervalMs: HEARTBEAT_INTERVAL_MS,
      },
      observe,
      wrapStore: (store) => sabotage.store?.(store) ?? store,
      wrapBus: (bus) => sabotage.bus?.(bus) ?? bus,
    });
    const device = (userId: string, deviceName: string): SimulatedDevice => {
      const deviceId = idOf('d', deviceName);
      owners.set(deviceId, userId);
      return new SimulatedDevice({
        userId,
        deviceId,
        clock,
        random: random.fork(),
        skewMs: skews.between(-plan.clockSkewMsMax, plan.clockSkewMsMax),
        createEngine: () => {
          const engine = new Engine({ clientName: 'simulator' });
          return sabotage.engine?.(engine) ?? engine;
        },
        dial: ({ hasNetwork }, end, opened) => {
          const latencyMs = network.between(1, this.#conditions.network.latencyMsMax);
          clock.schedule(latencyMs, () => opened(hasNetwork ? this.server.accept(end) : undefined));
        },
        disk: () => ({ writeMsMax: plan.diskWriteMsMax, failChance: this.#diskFailChance }),
        observe,
      });
    };
    const people = names.slice(0, plan.accounts);
    this.devices = people.flatMap((name, index) => {
      const deviceNames = index < plan.accountsWithTwoDevices ? [`${name}1`, `${name}2`] : [name];
      return deviceNames.map((deviceName) => device(idOf('u', name), deviceName));
    });
    const userIds = people.map((name) => idOf('u', name));
    this.#conversationIds = userIds.flatMap((userId, index) => [
      selfConversationId(userId),
      ...userIds.slice(index + 1).map((peerId) => directConversationId(userId, peerId)),
    ]);
  }

  /** Creates the accounts and starts everything. */
  async begin(): Promise<void> {
    for (const { userId, deviceId } of this.devices) {
      const createdAtMs = this.#clock.now();
      const name = userId;
      if ((await this.#disk.accounts.userById(userId)) === undefined) {
        const profile = { handle: name, displayName: name, statusLine: '', passwordHash: '' };
        await this.#disk.accounts.createUser({ userId, ...profile, createdAtMs });
      }
      const tokens = { refreshHash: deviceId, previousRefreshHash: '' };
      await this.#disk.accounts.createDevice({ deviceId, userId, name: deviceId, createdAtMs, ...tokens });
    }
    this.server.start();
    for (const device of this.devices) if (!this.#random.chance(this.plan.lateChance)) device.start();
  }

  /** Faults stop, and everybody is back. */
  heal(): void {
    const { bus, store } = this.#conditions;
    const wasLossy = bus.dropChance > 0 || store.inDoubtChance > 0;
    this.#conditions = calm();
    this.#diskFailChance = 0;
    if (!this.server.isRunning) this.server.start();
    for (const device of this.devices) {
      if (!device.isRunning) device.start();
      if (!device.hasNetwork) device.setNetwork(true);
    }
    // Pushes were lost, on the bus or because nobody heard of a commit. What comes last in a conversation is then found
    // by comparing positions, as every reconnect does.
    if (wasLossy) for (const link of this.server.links) link.cut(['client', 'server']);
  }

  /** The state of everything, read past all faults. */
  async settled(): Promise<Settled> {
    const logs = new Map<ConversationId, Entry[]>();
    const cursors = new Map<ConversationId, Cursor[]>();
    for (const conversationId of this.#conversationIds) {
      const [end, bytesMax] = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      const all = { afterSeq: 0, beforeSeq: end, limit: 1_000_000, bytesMax, from: 'oldest' } as const;
      const entries = await this.#disk.log.read({ conversationId, ...all });
      if (entries.length > 0) logs.set(conversationId, entries);
      cursors.set(conversationId, (await this.#disk.log.head(conversationId))?.cursors ?? []);
    }
    return { logs, cursors, devices: this.devices };
  }

  async audit(): Promise<void> {
    this.referee.audit((await this.settled()).logs);
  }
}

/** What the server logs is part of the trace. */
function tracing(trace: Trace): Logger {
  const write = (level: string) => (fields: object, message: string) => {
    const error = 'error' in fields && fields.error instanceof Error ? `: ${fields.error.message}` : '';
    trace.write(`server ${level}: ${message}${error}`);
  };
  return { debug: () => undefined, info: write('info'), warn: write('warn'), error: write('error') };
}
