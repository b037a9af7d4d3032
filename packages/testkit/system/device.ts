import type { Clock } from '@hongyan/core';
import {
  type ConversationId,
  ConversationKind,
  type DeviceId,
  type EntryHeader,
  EntryKind,
  ErrorCode,
  errorClass,
  parseConversationId,
  type RecordKey,
  type UserId,
} from '@hongyan/protocol';
import type { EngineEvent, EnginePort } from '@hongyan/sdk/engine/types';
import type { DeviceView } from '../checkers/index.ts';
import type { DiskConditions } from '../faults/conditions.ts';
import type { Observation, PlannedChange } from '../observation.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import { PausableClock } from '../time/pausable-clock.ts';
import { DeviceClock } from './device-clock.ts';
import type { Dial } from './device-connection.ts';
import { DeviceLife } from './device-life.ts';
import type { DeviceStore } from './device-store.ts';
import type { Tab, TabGroup } from './tab-group.ts';
import type { Tokens } from './tokens.ts';

export interface DeviceParts {
  name: string;
  userId: UserId;
  deviceId: DeviceId;
  /** A second tab of another device shares what that device has. */
  shared: SharedDevice;
  clock: Clock;
  skewMs: number;
  driftMsPerS: number;
  /** Nobody ever sets its clock, and it is right. */
  hasTrueClock: boolean;
  random: SeededRandom;
  createEngine: () => EnginePort;
  dial: Dial;
  tokens: Tokens;
  disk: () => DiskConditions;
  observe: (observation: Observation) => void;
}

/** More than a page has. */
const ALL = 200;

/** What the tabs of one device have in common. */
export interface SharedDevice {
  storeId: DeviceId;
  store: DeviceStore;
  /** Undefined where there is one client only. */
  tabs: TabGroup | undefined;
}

/** A message as somebody who wants to change it sees it. */
export interface Known {
  /** 0: it has no place yet. */
  seq: number;
  id: string;
  isOwn: boolean;
}

const isRefusedForGood = (reason: string): boolean =>
  Object.entries(ErrorCode).some(([name, code]) => name === reason && errorClass(code) !== 'later');

/** A device and the person at it: its program can be started, crash, sleep, and lose the network at any moment. */
export class SimulatedDevice implements DeviceView {
  readonly name: string;
  readonly userId: UserId;
  readonly deviceId: DeviceId;
  readonly #parts: DeviceParts;
  readonly #clock: PausableClock;
  readonly #wallClock: DeviceClock;
  #accessToken: string;
  readonly #tab: Tab = { tell: (event) => this.#clock.enter(() => this.#tell(event)) };
  #life: DeviceLife | undefined;
  #hasNetwork = true;
  #written = 0;
  #requested = 0;

  constructor(parts: DeviceParts) {
    this.name = parts.name;
    this.userId = parts.userId;
    this.deviceId = parts.deviceId;
    this.#parts = parts;
    this.#clock = new PausableClock(parts.clock);
    this.#wallClock = new DeviceClock(parts.clock, parts);
    this.#accessToken = parts.tokens.issue(parts.userId, parts.shared.storeId);
  }

  /** The device itself, of which this may be a second tab. */
  get storeId(): DeviceId {
    return this.#parts.shared.storeId;
  }

  get isRunning(): boolean {
    return this.#life !== undefined;
  }

  /** Whether somebody can do something at it. */
  get isAwake(): boolean {
    return this.isRunning && !this.#clock.isPaused;
  }

  get hasNetwork(): boolean {
    return this.#hasNetwork;
  }

  /** Of the present life; throws while the device is off. */
  get engine(): EnginePort {
    if (this.#life === undefined) throw new Error(`${this.deviceId} is off`);
    return this.#life.engine;
  }

  held(conversationId: ConversationId) {
    return this.#parts.shared.store.held(conversationId);
  }

  /** All that the store has, also what it does not claim. */
  get store(): DeviceStore {
    return this.#parts.shared.store;
  }

  get hasTrueClock(): boolean {
    return this.#parts.hasTrueClock;
  }

  start(): void {
    if (this.#life !== undefined) return;
    const { userId, deviceId } = this;
    const { tokens, shared } = this.#parts;
    const { storeId, store, tabs } = shared;
    this.#life = new DeviceLife({
      ...this.#parts,
      clock: this.#clock,
      wallClock: this.#wallClock,
      storeId,
      store,
      tellTabs: (word) => {
        if (word.type === 'outboxStored') tabs?.outboxStored(this.#tab);
        else tabs?.share(this.#tab, word.change);
      },
      accessToken: () => this.#accessToken,
      renewToken: () => {
        if (this.#hasNetwork) this.#accessToken = tokens.issue(userId, storeId);
        return this.#hasNetwork;
      },
    });
    this.#parts.observe({ kind: 'device-started', deviceId, storeId });
    this.#tell({ type: 'signedIn', account: { userId, deviceId: storeId }, snapshot: store.snapshot() });
    tabs?.join(this.#tab);
  }

  /** The program dies: what its store had not taken is gone. */
  crash(): void {
    if (this.#life === undefined) return;
    this.#life.end();
    this.#parts.shared.tabs?.leave(this.#tab);
    this.#life = undefined;
    this.#clock.resume();
    this.#parts.observe({ kind: 'device-crashed', deviceId: this.deviceId });
  }

  sleep(): void {
    this.#clock.pause();
  }

  wake(): void {
    this.#clock.resume();
  }

  moveClock(byMs: number): void {
    this.#wallClock.move(byMs);
  }

  /** The network is there or not; whether the platform says so is another thing. */
  setNetwork(online: boolean, isTold: boolean): void {
    this.#hasNetwork = online;
    if (isTold) this.#clock.enter(() => this.#tell({ type: 'networkChanged', online }));
  }

  compose(conversationId: ConversationId, body: Uint8Array, header?: EntryHeader): void {
    if (this.#life === undefined) return;
    const clientMessageId = this.#composed(conversationId);
    this.#life.own.composed(conversationId, clientMessageId);
    this.#tell({ type: 'messageComposed', conversationId, clientMessageId, body, ...(header && { header }) });
  }

  /** Asks for a change of a message, or of the conversation. */
  change(conversationId: ConversationId, change: PlannedChange, body: Uint8Array, header?: EntryHeader): void {
    if (this.#life === undefined) return;
    const { kind, targetId } = change;
    const clientMessageId = this.#composed(conversationId, change);
    const named = { ...(header && { header }), ...(targetId !== undefined && { targetId }) };
    this.#tell({ type: 'changeComposed', conversationId, clientMessageId, kind, body, ...named });
  }

  /** Whether the person has the conversation, and may write there as far as the device knows. */
  knows(conversationId: ConversationId): boolean {
    const isGroup = parseConversationId(conversationId)?.kind === ConversationKind.GROUP;
    if (!isGroup) return true;
    return this.#life?.engine.conversations().some(({ id, former }) => id === conversationId && !former) ?? false;
  }

  /** The messages that are there and were not erased, the newest first. */
  messages(conversationId: ConversationId): Known[] {
    const written = (this.#life?.engine.outbox() ?? []).filter(
      (item) => item.conversationId === conversationId && (item.kind ?? EntryKind.MESSAGE) === EntryKind.MESSAGE,
    );
    const held = this.held(conversationId).filter(({ kind, body }) => kind === EntryKind.MESSAGE && body.length > 0);
    return [
      ...held.map(({ seq, senderId, clientMessageId: id }): Known => ({ seq, id, isOwn: senderId === this.userId })),
      ...written.map(({ clientMessageId: id }): Known => ({ seq: 0, id, isOwn: true })),
    ].reverse();
  }

  #composed(conversationId: ConversationId, change?: PlannedChange): string {
    const { deviceId, storeId } = this;
    this.#written += 1;
    const clientMessageId = `${this.name}-${this.#written}`;
    const written = { conversationId, clientMessageId, ...(change && { change }) };
    this.#parts.observe({ kind: 'composed', deviceId, storeId, ...written });
    return clientMessageId;
  }

  /** The person opens a conversation and sees its newest messages. */
  open(conversationId: ConversationId): void {
    const { deviceId } = this;
    const seq = this.#life?.engine.position(conversationId)?.toSeq ?? 0;
    if (seq > 0) this.#parts.observe({ kind: 'opened', deviceId, conversationId, seq });
    this.#tell({ type: 'timelineOpened', conversationId });
    this.#tell({ type: 'conversationRead', conversationId });
  }

  /** The person scrolls back in an open conversation. */
  scrollBack(conversationId: ConversationId, count = 5): void {
    if (this.#life === undefined) return;
    this.#requested += 1;
    const requestId = this.#requested;
    this.#parts.observe({ kind: 'older-requested', deviceId: this.deviceId, requestId });
    this.#tell({ type: 'olderRequested', conversationId, count, requestId });
  }

  /** The person looks at all there is, and scrolls back wherever there may be more. */
  lookAtAll(): void {
    for (const { id } of this.engine.conversations()) {
      if (this.engine.timeline(id) === undefined) this.#tell({ type: 'timelineOpened', conversationId: id });
      if (this.engine.timeline(id)?.hasOlder) this.scrollBack(id, ALL);
    }
  }

  markUnread(conversationId: ConversationId): void {
    this.#tell({ type: 'conversationMarkedUnread', conversationId });
  }

  close(conversationId: ConversationId): void {
    this.#tell({ type: 'timelineClosed', conversationId });
  }

  /** Has what is there not shown any more; what failed is given up with it. */
  clear(conversationId: ConversationId): void {
    const { deviceId } = this;
    for (const item of this.#life?.engine.outbox() ?? []) {
      if (item.conversationId !== conversationId || item.state.name !== 'failed') continue;
      this.#parts.observe({ kind: 'given-up', deviceId, clientMessageId: item.clientMessageId });
    }
    this.#tell({ type: 'conversationCleared', conversationId });
  }

  restore(conversationId: ConversationId): void {
    this.#tell({ type: 'conversationRestored', conversationId });
  }

  /** The person has nothing else on the screen. */
  look(conversationId: ConversationId): void {
    const userIds = [...(parseConversationId(conversationId)?.members ?? [])];
    this.#tell({ type: 'screenChanged', screen: { userIds, conversationIds: [conversationId] } });
  }

  type(conversationId: ConversationId, name: 'typing' | 'recording' | 'stopped'): void {
    this.#tell({ type: 'typed', conversationId, name });
  }

  /** Nobody is at it, or somebody is again. */
  rest(isIdle: boolean): void {
    this.#tell({ type: 'deviceIdle', isIdle });
  }

  setRecord(key: RecordKey, value: Uint8Array): void {
    this.#tell({ type: 'recordSet', key, value });
  }

  /** The person puts every failed message back on its way, but gives up those that may not be sent. */
  tryAgain(): void {
    const { deviceId } = this;
    for (const { clientMessageId, state } of this.#life?.engine.outbox() ?? []) {
      if (state.name !== 'failed') continue;
      if (isRefusedForGood(state.reason)) {
        this.#parts.observe({ kind: 'given-up', deviceId, clientMessageId });
        this.#tell({ type: 'messageDiscarded', clientMessageId });
        continue;
      }
      this.#parts.observe({ kind: 'tried-again', deviceId, clientMessageId });
      this.#tell({ type: 'messageRetried', clientMessageId });
    }
  }

  #tell(event: EngineEvent): void {
    this.#life?.tell(event);
  }
}
