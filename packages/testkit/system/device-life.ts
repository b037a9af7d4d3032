import type { Clock } from '@hongyan/core';
import type { ConversationId, DeviceId, UserId } from '@hongyan/protocol';
import type {
  EngineBatch,
  EngineEffect,
  EngineEvent,
  EngineNotice,
  EnginePort,
  OutboxChange,
  TimerName,
} from '@hongyan/sdk/engine/types';
import type { DiskConditions } from '../faults/conditions.ts';
import type { Observation } from '../observation.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { PausableClock } from '../time/pausable-clock.ts';
import { type ConnectionEvent, DeviceConnection, type Dial } from './device-connection.ts';
import { DeviceDisk } from './device-disk.ts';
import type { DeviceStore } from './device-store.ts';
import { OwnMessages } from './own-messages.ts';
import { statedBy, toldBy } from './receipts-seen.ts';

export interface LifeParts {
  userId: UserId;
  deviceId: DeviceId;
  /** Where this is a second tab, whose store it shares. */
  storeId: DeviceId;
  /** Runs while the device is awake. */
  clock: PausableClock;
  /** What the device takes for the time. */
  wallClock: Pick<Clock, 'now'>;
  random: SeededRandom;
  store: DeviceStore;
  /** Told of what other tabs have to know. */
  tellTabs: (word: { type: 'outboxStored' } | { type: 'outboxShared'; change: OutboxChange }) => void;
  createEngine: () => EnginePort;
  dial: Dial;
  accessToken: () => string;
  /** Gets a fresh token; false when nobody can be reached. */
  renewToken: () => boolean;
  disk: () => DiskConditions;
  observe: (observation: Observation) => void;
}

/** One life of a device's program: the real engine, its effects carried out in virtual time. */
export class DeviceLife {
  readonly engine: EnginePort;
  readonly own: OwnMessages;
  readonly #parts: LifeParts;
  readonly #clock: Clock;
  readonly #disk: DeviceDisk;
  readonly #timers = new Map<TimerName, () => void>();
  readonly #connections = new Map<number, DeviceConnection>();
  #isOver = false;

  constructor(parts: LifeParts) {
    const { clock, random, store, disk: conditions, deviceId, observe } = parts;
    this.#parts = parts;
    this.#clock = {
      now: () => clock.now(),
      schedule: (delayMs, task) => clock.schedule(delayMs, () => this.#isOver || task()),
    };
    this.engine = parts.createEngine();
    this.own = new OwnMessages(deviceId, this.engine, observe);
    const taken = (batch: EngineBatch) => this.#observeTaken(batch);
    this.#disk = new DeviceDisk({ clock: this.#clock, random, store, conditions, taken });
  }

  /** The program dies. */
  end(): void {
    this.#isOver = true;
    this.#disk.crash();
    for (const cancel of this.#timers.values()) cancel();
    for (const connection of this.#connections.values()) connection.close();
  }

  tell(event: EngineEvent): void {
    if (this.#isOver) return;
    const { random, wallClock } = this.#parts;
    const moment = { nowMs: wallClock.now(), random: random.fraction() };
    for (const effect of this.engine.handle(event, moment)) this.#carryOut(effect);
  }

  get #conversationIds(): ConversationId[] {
    return this.engine.conversations().map(({ id }) => id);
  }

  #carryOut(effect: EngineEffect): void {
    const { clock, random, renewToken } = this.#parts;
    switch (effect.type) {
      case 'connect':
        this.#connect(effect.connectionId);
        return;
      case 'disconnect':
        this.#connections.get(effect.connectionId)?.close();
        this.#over(effect.connectionId);
        return;
      case 'authenticate':
        this.#clock.schedule(random.between(1, 50), () =>
          this.tell({ type: renewToken() ? 'credentialsRefreshed' : 'credentialsUnavailable' }),
        );
        return;
      case 'send':
        this.#send(effect);
        return;
      case 'setTimer':
        this.#timers.get(effect.name)?.();
        this.#timers.set(
          effect.name,
          clock.schedule(effect.delayMs, () => this.tell({ type: 'timerFired', name: effect.name })),
        );
        return;
      case 'clearTimer':
        this.#timers.get(effect.name)?.();
        return;
      case 'persist':
        this.#persist(effect);
        return;
      case 'readEntries':
        this.#read(effect);
        return;
      case 'shareOutbox':
        this.#parts.tellTabs({ type: 'outboxShared', change: effect.change });
        return;
      case 'emit':
        this.#show(effect.notice);
        return;
    }
  }

  #connect(connectionId: number): void {
    const { clock, dial, accessToken } = this.#parts;
    const enter = (task: () => void) => clock.enter(() => this.#isOver || task());
    const tell = (event: ConnectionEvent) => this.#heard(event);
    this.#connections.set(connectionId, new DeviceConnection({ id: connectionId, dial, enter, accessToken, tell }));
  }

  #heard(event: ConnectionEvent): void {
    const { deviceId, observe } = this.#parts;
    const { connectionId } = event;
    if (event.type === 'framesReceived') {
      observe({ kind: 'frames-received', deviceId, connectionId, frames: event.frames });
      for (const told of toldBy(deviceId, event.frames)) observe(told);
    } else if (event.type === 'transportClosed') this.#over(connectionId);
    this.tell(event);
  }

  #over(connectionId: number): void {
    if (!this.#connections.delete(connectionId)) return;
    this.#parts.observe({ kind: 'connection-over', deviceId: this.#parts.deviceId, connectionId });
  }

  #send({ connectionId, commands }: EngineEffect & { type: 'send' }): void {
    const { deviceId, storeId, observe } = this.#parts;
    observe({ kind: 'commands-sent', deviceId, connectionId, commands, atMs: this.#clock.now() });
    for (const stated of statedBy(storeId, this.#conversationIds, commands)) observe(stated);
    this.#connections.get(connectionId)?.send(commands);
  }

  #persist({ batchId, batch }: EngineEffect & { type: 'persist' }): void {
    this.#disk.write(batch, (error) =>
      this.tell(
        error === undefined ? { type: 'persisted', batchId } : { type: 'persistFailed', batchId, reason: error },
      ),
    );
  }

  #observeTaken(batch: EngineBatch): void {
    const { deviceId: tabId, storeId: deviceId, userId, store, observe, tellTabs } = this.#parts;
    if (batch.outboxPut.length > 0) tellTabs({ type: 'outboxStored' });
    for (const { clientMessageId } of batch.outboxPut) observe({ kind: 'outbox-kept', deviceId, clientMessageId });
    for (const { conversationId } of batch.conversations) {
      const record = store.conversation(conversationId);
      if (record === undefined) continue;
      const { fromSeq, toSeq, cursors } = record;
      const readSeq = cursors.find((cursor) => cursor.userId === userId)?.readSeq ?? 0;
      const entries = batch.entries.filter((entry) => entry.conversationId === conversationId);
      observe({ kind: 'held', deviceId, tabId, conversationId, fromSeq, toSeq, readSeq, entries });
    }
  }

  #read({ type: _, ...query }: EngineEffect & { type: 'readEntries' }): void {
    const { random, store } = this.#parts;
    const { conversationId, windowId } = query;
    this.#clock.schedule(random.between(0, 5), () =>
      this.tell({ type: 'entriesRead', conversationId, windowId, ...store.read(query) }),
    );
  }

  #show(notice: EngineNotice): void {
    const { deviceId, observe } = this.#parts;
    switch (notice.type) {
      case 'message':
        observe({ kind: 'announced', deviceId, message: notice.message });
        return;
      case 'sent':
        this.own.sent(notice.clientMessageId, notice.seq);
        observe({ ...notice, kind: 'sent', deviceId });
        return;
      case 'olderLoaded':
      case 'olderFailed':
        observe({ kind: 'older-answered', deviceId, requestId: notice.requestId });
        return;
      case 'conversation':
        this.own.look(notice.conversationId);
        // As a screen does, which is not made anew for every change.
        this.engine.timeline(notice.conversationId);
        return;
      default:
    }
  }
}
