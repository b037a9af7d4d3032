import { type Clock, cursorOf, type Logger, RECORDS_MAX, type Store, type StoredMember } from '@hongyan/core';
import {
  type AccountRecord,
  type ConversationId,
  type Cursor,
  DEFAULT_LIMITS,
  decodeServerFrame,
  directConversationId,
  type Entry,
  EntryKind,
  encodeServerFrame,
  encodeText,
  errorClass,
  joinFrames,
  ProtocolError,
  parseConversationId,
  type ServerFrame,
  selfConversationId,
  splitFrames,
  type UserId,
} from '@hongyan/protocol';
import { Engine } from '@hongyan/sdk/engine';
import { presence } from '@hongyan/sdk/presence';
import { createMemoryStore } from '@hongyan/server/adapters/store/memory/index.ts';
import { createCheckers, createSimulationCheckers, type Settled } from '../checkers/index.ts';
import { type Conditions, calm } from '../faults/conditions.ts';
import type { Observation } from '../observation.ts';
import type { DevicePlan, Plan, Step } from '../plan/plan.ts';
import { conditionsOf } from '../plan/weather.ts';
import { type Streams, streamsOf } from '../random/streams.ts';
import type { Trace } from '../trace.ts';
import { attackBytes, attackerEnd, strike } from './attacker.ts';
import { SimulatedCluster } from './cluster.ts';
import { type SharedDevice, SimulatedDevice } from './device.ts';
import type { Dial } from './device-connection.ts';
import { DeviceStore } from './device-store.ts';
import { idOf } from './names.ts';
import { observedDisk } from './observed-disk.ts';
import { pryingBytes } from './prying.ts';
import { Referee } from './referee.ts';
import type { Sabotage } from './sabotage.ts';
import { TabGroup } from './tab-group.ts';
import { Tokens } from './tokens.ts';

export interface SimulationParts {
  plan: Plan;
  clock: Clock;
  trace: Trace;
  sabotage: Sabotage;
}

const HEARTBEAT_INTERVAL_MS = 5_000;
/** How long after the question a group is asked for again. */
const FOUNDING_AGAIN_MS = 5_000;
/** An account that is a member of nothing; it is not one of the plan's people. */
const ATTACKER = 'mat';

/** A whole system in one process: devices, network, server, disk, and the referee who watches. */
export class Simulation {
  readonly devices: readonly SimulatedDevice[];
  readonly server: SimulatedCluster;
  readonly referee: Referee;
  readonly tokens = new Tokens();
  readonly #plan: Plan;
  readonly #clock: Clock;
  readonly #streams: Streams;
  readonly #sabotage: Sabotage;
  readonly #disk: Store;
  readonly #owners = new Map<string, string>();
  readonly #shared = new Map<string, SharedDevice>();
  readonly #founders = new Map<ConversationId, UserId[]>();
  #conditions: Conditions;

  constructor({ plan, clock, trace, sabotage }: SimulationParts) {
    this.#plan = plan;
    this.#clock = clock;
    this.#streams = streamsOf(plan.seed);
    this.#sabotage = sabotage;
    const durable = observedDisk(createMemoryStore(), this.#observe);
    this.#disk = sabotage.disk?.(durable) ?? durable;
    this.#conditions = conditionsOf(plan.weather);
    const ownerOf = (deviceId: string) => this.#owners.get(deviceId) ?? '';
    this.referee = new Referee([...createCheckers(ownerOf), ...createSimulationCheckers()], clock, trace);
    this.server = new SimulatedCluster({
      nodes: plan.nodes,
      clock,
      streams: this.#streams,
      disk: this.#disk,
      authenticator: sabotage.authenticator?.(this.tokens) ?? this.tokens,
      conditions: () => this.#conditions,
      logger: tracing(trace),
      limits: {
        ...DEFAULT_LIMITS,
        pageEntriesMax: plan.pageEntriesMax,
        heartbeatIntervalMs: HEARTBEAT_INTERVAL_MS,
      },
      observe: this.#observe,
      wrapStore: (store) => sabotage.store?.(store) ?? store,
      wrapBus: (bus) => sabotage.bus?.(bus) ?? bus,
      wrapBroker: (broker) => sabotage.broker?.(broker) ?? broker,
      wrapLogic: (logic) => sabotage.logic?.(logic) ?? logic,
      wrapWrites: () => {
        const change = sabotage.frames?.();
        return change === undefined ? (written) => written : (written) => rewritten(written, change);
      },
    });
    this.devices = plan.devices.map((device) => this.#device(device));
  }

  device(name: string): SimulatedDevice | undefined {
    return this.devices.find((device) => device.name === name);
  }

  /** Creates the accounts and starts everything. */
  async begin(): Promise<void> {
    const createdAtMs = this.#clock.now();
    const accounts = this.#disk.accounts;
    for (const name of [...this.#plan.people, ...this.#plan.acquaintances, ATTACKER]) {
      const profile = { handle: name, displayName: name, statusLine: '', passwordHash: '' };
      await accounts.createUser({ userId: idOf('u', name), ...profile, createdAtMs });
    }
    for (const { storeId: deviceId } of this.#shared.values()) {
      const userId = this.#owners.get(deviceId) ?? '';
      const tokens = { refreshHash: deviceId, previousRefreshHash: '' };
      await accounts.createDevice({
        ...{ deviceId, userId, name: deviceId, kind: 'phone' },
        ...{ createdAtMs, lastSeenAtMs: createdAtMs, ...tokens },
      });
    }
    await this.#greet();
    this.server.start();
    for (const { name, startsAtMs } of this.#plan.devices) if (startsAtMs === 0) this.device(name)?.start();
  }

  attack({ atMs, attack, salt }: Extract<Step, { kind: 'attack' }>): void {
    const name = `attacker ${atMs}`;
    const received = attackerEnd(DEFAULT_LIMITS.frameBytesMax, (frames) =>
      this.#observe({ kind: 'attacker-received', name, frames }),
    );
    const accessToken = this.tokens.issue(idOf('u', ATTACKER), idOf('d', ATTACKER));
    const victims = this.#plan.people.map((person) => idOf('u', person));
    strike(this.server.accept(name, received), attackBytes({ attack, salt, accessToken, victims }));
  }

  /** Asks a node that can for the group, and another one when there is no answer, until there is one. */
  found({ conversationId, founder, members }: Extract<Step, { kind: 'found' }>): void {
    const founderId = idOf('u', founder);
    const others = members.map((name) => idOf('u', name));
    const clientMessageId = `founding-${conversationId}`;
    const asked = { deviceId: idOf('d', 'rest'), clientMessageId };
    this.#observe({ kind: 'composed', ...asked, conversationId });
    this.#founders.set(conversationId, [founderId, ...others]);
    this.#observe({ kind: 'founded', conversationId, members: [founderId, ...others] });
    let isOver = false;
    const refused = (error: unknown) => {
      if (!(error instanceof ProtocolError) || errorClass(error.code) === 'later' || isOver) return;
      isOver = true;
      this.#observe({ kind: 'given-up', ...asked });
    };
    const ask = () => {
      if (isOver) return;
      const group = { name: founder, members: others, clientMessageId };
      this.server.founder?.found?.(founderId, group, conversationId).then(() => {
        isOver = true;
      }, refused);
      this.#clock.schedule(FOUNDING_AGAIN_MS, ask);
    };
    ask();
  }

  pry({ atMs, person, conversationId }: Extract<Step, { kind: 'pry' }>): void {
    const userId = idOf('u', person);
    const received = attackerEnd(DEFAULT_LIMITS.frameBytesMax, (frames) =>
      this.#observe({ kind: 'prier-received', userId, conversationId, frames }),
    );
    const accessToken = this.tokens.issue(userId, idOf('d', `${person}0`));
    const names = ['said', 'recalled', 'renamed'].map((what) => `pried-${person}-${atMs}-${what}`);
    for (const clientMessageId of names) {
      const tried = { deviceId: idOf('d', clientMessageId), clientMessageId };
      this.#observe({ kind: 'composed', ...tried, conversationId });
      // It may come into the log, and need not.
      this.#observe({ kind: 'given-up', ...tried });
    }
    this.#observe({ kind: 'prying', userId, conversationId });
    strike(this.server.accept(`prier ${atMs}`, received), pryingBytes({ accessToken, conversationId, names }));
  }

  async flood({ atMs, sender, conversationId, count }: Extract<Step, { kind: 'flood' }>): Promise<void> {
    const members = [...(parseConversationId(conversationId)?.members ?? [])];
    const serverTimeMs = this.#clock.now();
    const from = { senderId: idOf('u', sender), clientTimeMs: serverTimeMs };
    for (let written = 1; written <= count; written++) {
      const clientMessageId = `flood-${atMs}-${written}`;
      const body = encodeText(`${clientMessageId}.`);
      this.#observe({ kind: 'composed', deviceId: idOf('d', 'flood'), conversationId, clientMessageId });
      const entry = { conversationId, members, kind: EntryKind.MESSAGE, ...from, clientMessageId, serverTimeMs, body };
      await this.#disk.log.append(entry);
    }
  }

  /** Faults stop, and everybody is back. */
  heal(): void {
    this.#conditions = calm();
    this.server.heal();
    for (const device of this.devices) {
      device.wake();
      device.start();
      if (!device.hasNetwork) device.setNetwork(true, true);
    }
  }

  /** Messages between nodes take so long at most; undefined: as on a good day. */
  slowBroker(latencyMsMax: number | undefined): void {
    const { broker, ...others } = calm();
    this.#conditions = { ...others, broker: latencyMsMax === undefined ? broker : { latencyMsMax } };
  }

  /** What people do when the weather is good again. */
  tidyUp(): void {
    for (const device of this.devices) device.tryAgain();
  }

  /** From now on nothing has to be brought to anybody. */
  complete(all: 'entries' | 'everything'): void {
    this.#observe({ kind: 'complete', all });
  }

  /** Every device is started anew, and finds no server. */
  restartAlone(): void {
    this.server.crash();
    for (const device of this.devices) {
      device.crash();
      device.start();
    }
  }

  /** Everybody looks at all there is. */
  lookAtAll(): void {
    for (const device of this.devices) device.lookAtAll();
  }

  /** The state of everything, read past all faults. */
  async settled(): Promise<Settled> {
    const logs = new Map<ConversationId, Entry[]>();
    const cursors = new Map<ConversationId, Cursor[]>();
    for (const conversationId of this.#conversationIds()) {
      const [end, bytesMax] = [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      const all = { afterSeq: 0, beforeSeq: end, limit: 1_000_000, bytesMax, from: 'oldest' } as const;
      const entries = await this.#disk.log.read({ conversationId, ...all });
      if (entries.length > 0) logs.set(conversationId, entries);
      cursors.set(conversationId, (await this.#disk.log.head(conversationId))?.members.map(cursorOf) ?? []);
    }
    const members = new Map<ConversationId, StoredMember[]>();
    for (const conversationId of this.#groupIds) {
      const query = { conversationId, text: '', after: undefined, limit: this.#plan.people.length };
      members.set(conversationId, await this.#disk.log.members(query));
      cursors.set(conversationId, await this.#groupCursors(conversationId));
    }
    const records = new Map<UserId, AccountRecord[]>();
    for (const name of this.#plan.people) {
      const userId = idOf('u', name);
      const [limit, bytesMax] = [RECORDS_MAX, Number.MAX_SAFE_INTEGER];
      const placed = await this.#disk.records.changedSince({ userId, afterSeq: 0, limit, bytesMax });
      records.set(
        userId,
        placed.map(({ record }) => record),
      );
    }
    const clockErrorMs = 2 * Math.max(...this.#plan.nodes.map(({ skewMs }) => Math.abs(skewMs)));
    const founders = this.#founders;
    return { logs, cursors, records, members, founders, devices: this.devices, nowMs: this.#clock.now(), clockErrorMs };
  }

  async audit(): Promise<void> {
    const { logs, cursors } = await this.settled();
    this.referee.audit(logs, cursors);
  }

  readonly #observe = (observation: Observation): void => this.referee.observe(observation);

  /** Every acquaintance has said something to everybody before. */
  async #greet(): Promise<void> {
    const serverTimeMs = this.#clock.now();
    for (const acquaintance of this.#plan.acquaintances) {
      for (const name of this.#plan.people) {
        const members = [idOf('u', acquaintance), idOf('u', name)].sort();
        const conversationId = directConversationId(idOf('u', acquaintance), idOf('u', name));
        const clientMessageId = `${acquaintance}-to-${name}`;
        const sender = { senderId: idOf('u', acquaintance), clientMessageId, clientTimeMs: serverTimeMs };
        const kind = EntryKind.MESSAGE;
        this.#observe({ kind: 'composed', deviceId: idOf('d', acquaintance), conversationId, clientMessageId });
        await this.#disk.log.append({ conversationId, members, kind, ...sender, serverTimeMs, body: Uint8Array.of(0) });
      }
    }
  }

  /** Those of former members too. */
  async #groupCursors(conversationId: ConversationId): Promise<Cursor[]> {
    const userIds = this.#plan.people.map((name) => idOf('u', name));
    const members = await Promise.all(userIds.map((userId) => this.#disk.log.member(conversationId, userId)));
    return members.flatMap((member) => (member === undefined ? [] : [cursorOf(member)]));
  }

  get #groupIds(): ConversationId[] {
    return this.#plan.steps.flatMap((step) => (step.kind === 'found' ? [step.conversationId] : []));
  }

  #conversationIds(): ConversationId[] {
    const userIds = this.#plan.people.map((name) => idOf('u', name));
    const distantIds = this.#plan.acquaintances.map((name) => idOf('u', name));
    const ofPeople = userIds.flatMap((userId, index) => [
      selfConversationId(userId),
      ...[...userIds.slice(index + 1), ...distantIds].map((peerId) => directConversationId(userId, peerId)),
    ]);
    return [...ofPeople, ...this.#groupIds];
  }

  /** What a device has in common with its second tab, or for itself. */
  #sharedOf({ name, tabOf }: DevicePlan): SharedDevice {
    const first = tabOf || name;
    const known = this.#shared.get(first);
    if (known !== undefined) return known;
    const store = new DeviceStore();
    const parts = { clock: this.#clock, random: this.#streams(`tabs ${first}`), outbox: () => store.outbox() };
    const hasTabs = this.#plan.devices.some((device) => device.tabOf === first);
    const shared = { storeId: idOf('d', first), store, tabs: hasTabs ? new TabGroup(parts) : undefined };
    this.#shared.set(first, shared);
    return shared;
  }

  #device(plan: DevicePlan): SimulatedDevice {
    const { name, owner, skewMs, driftMsPerS } = plan;
    const userId = idOf('u', owner);
    const deviceId = idOf('d', name);
    const shared = this.#sharedOf(plan);
    for (const id of [deviceId, shared.storeId]) this.#owners.set(id, userId);
    const network = this.#streams(`network ${name}`);
    const isClockMoved = this.#plan.steps.some(({ kind }) => kind === 'move-clock');
    const dial: Dial = (end, opened) => {
      const latencyMs = network.between(1, this.#conditions.network.latencyMsMax);
      this.#clock.schedule(latencyMs, () =>
        opened(this.device(name)?.hasNetwork ? this.server.accept(name, end) : undefined),
      );
    };
    return new SimulatedDevice({
      name,
      userId,
      deviceId,
      shared,
      clock: this.#clock,
      skewMs,
      driftMsPerS,
      hasTrueClock:
        this.#plan.devices.every((device) => device.skewMs === 0 && device.driftMsPerS === 0) && !isClockMoved,
      random: this.#streams(`device ${name}`),
      createEngine: () => {
        const engine = new Engine({ clientName: 'simulator', signals: presence.signals });
        return this.#sabotage.engine?.(engine) ?? engine;
      },
      dial,
      tokens: this.tokens,
      disk: () => this.#conditions.disk,
      observe: this.#observe,
    });
  }
}

/** Frames with a bug in what they say. */
function rewritten(
  written: Uint8Array,
  change: (frames: readonly ServerFrame[]) => readonly ServerFrame[],
): Uint8Array {
  const frames = [...splitFrames(written, DEFAULT_LIMITS.frameBytesMax)].map(decodeServerFrame);
  return joinFrames(change(frames).map(encodeServerFrame));
}

/** What the server logs is part of the trace. */
function tracing(trace: Trace): Logger {
  const write = (level: string) => (fields: object, message: string) => {
    const error = 'error' in fields && fields.error instanceof Error ? `: ${fields.error.message}` : '';
    trace.write(`server ${level}: ${message}${error}`);
  };
  return { debug: () => undefined, info: write('info'), warn: write('warn'), error: write('error') };
}
