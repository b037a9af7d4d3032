import type { Clock } from '@hongyan/core';
import type { ConversationId, DeviceId, UserId } from '@hongyan/protocol';
import type { EngineEffect, EngineEvent, EngineNotice, EnginePort, TimerName } from '@hongyan/sdk/engine/types';
import type { Observation } from '../observation.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import { DeviceConnection, type Dial, type Dialler } from './device-connection.ts';
import type { DeviceStore } from './device-store.ts';
import { OwnMessages } from './own-messages.ts';
import { statedBy, toldBy } from './receipts-seen.ts';

export interface DeviceParts {
  userId: UserId;
  deviceId: DeviceId;
  clock: Clock;
  random: SeededRandom;
  /** How far the device's clock is from the truth. */
  skewMs: number;
  createEngine: () => EnginePort;
  dial: Dial;
  /** How long the device's disk takes at most, and how often it fails. */
  disk: () => { writeMsMax: number; failChance: number };
  observe: (observation: Observation) => void;
}

/** One life of a device's program: the real engine, its effects carried out in virtual time. */
export class DeviceLife {
  readonly engine: EnginePort;
  readonly own: OwnMessages;
  readonly #parts: DeviceParts;
  readonly #store: DeviceStore;
  readonly #dialler: Dialler;
  readonly #timers = new Map<TimerName, () => void>();
  readonly #connections = new Map<number, DeviceConnection>();
  #isOver = false;

  constructor(parts: DeviceParts, store: DeviceStore, dialler: Dialler) {
    this.#parts = parts;
    this.#store = store;
    this.#dialler = dialler;
    this.engine = parts.createEngine();
    this.own = new OwnMessages(parts.deviceId, this.engine, parts.observe);
  }

  end(): void {
    this.#isOver = true;
    for (const cancel of this.#timers.values()) cancel();
    for (const connection of this.#connections.values()) connection.close();
  }

  cutConnections(): void {
    for (const connection of this.#connections.values()) connection.cut();
  }

  tell(event: EngineEvent): void {
    if (this.#isOver) return;
    const { clock, random, skewMs } = this.#parts;
    const moment = { nowMs: clock.now() + skewMs, random: random.fraction() };
    for (const effect of this.engine.handle(event, moment)) this.#carryOut(effect);
  }

  get #conversationIds(): ConversationId[] {
    return this.engine.conversations().map(({ id }) => id);
  }

  /** Tells the engine something later, unless this life has ended by then. */
  #tellLater(delayMs: number, event: () => EngineEvent): void {
    this.#parts.clock.schedule(delayMs, () => {
      if (!this.#isOver) this.tell(event());
    });
  }

  #carryOut(effect: EngineEffect): void {
    const { clock, random, dial, observe } = this.#parts;
    switch (effect.type) {
      case 'connect': {
        const connection = new DeviceConnection(effect.connectionId, dial, this.#dialler, (event) => {
          if (this.#isOver) return;
          if (event.type === 'framesReceived')
            for (const told of toldBy(this.#parts.deviceId, event.frames)) observe(told);
          this.tell(event);
        });
        this.#connections.set(effect.connectionId, connection);
        return;
      }
      case 'disconnect':
        this.#connections.get(effect.connectionId)?.close();
        this.#connections.delete(effect.connectionId);
        return;
      case 'authenticate':
        this.#tellLater(random.between(1, 50), () =>
          this.#dialler.hasNetwork ? { type: 'credentialsRefreshed' } : { type: 'credentialsUnavailable' },
        );
        return;
      case 'send':
        for (const stated of statedBy(this.#parts.deviceId, this.#conversationIds, effect.commands)) observe(stated);
        this.#connections.get(effect.connectionId)?.send(effect.commands);
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
      case 'readEntries': {
        const { conversationId, beforeSeq, limit } = effect;
        this.#tellLater(random.between(0, 5), () => ({
          type: 'entriesRead',
          conversationId,
          entries: this.#store.entries(conversationId, beforeSeq, limit),
        }));
        return;
      }
      case 'emit':
        this.#show(effect.notice);
        return;
    }
  }

  #persist({ batchId, batch }: EngineEffect & { type: 'persist' }): void {
    const { clock, random, disk, observe } = this.#parts;
    const { deviceId } = this.#parts;
    const { writeMsMax, failChance } = disk();
    const fails = random.chance(failChance);
    clock.schedule(random.between(0, writeMsMax), () => {
      if (this.#isOver) return;
      if (fails) {
        this.tell({ type: 'persistFailed', batchId, reason: 'simulated' });
        return;
      }
      this.#store.take(batch);
      for (const { clientMessageId } of batch.outboxPut) observe({ kind: 'outbox-kept', deviceId, clientMessageId });
      for (const { conversationId, fromSeq, toSeq, cursors } of batch.conversations) {
        const readSeq = cursors.find((cursor) => cursor.userId === this.#parts.userId)?.readSeq ?? 0;
        const entries = batch.entries.filter((entry) => entry.conversationId === conversationId);
        observe({ kind: 'held', deviceId, conversationId, fromSeq, toSeq, readSeq, entries });
      }
      // The disk has it; that the program hears so is another moment, and a crash may come between.
      this.#tellLater(random.between(0, writeMsMax), () => ({ type: 'persisted', batchId }));
    });
  }

  #show(notice: EngineNotice): void {
    const { deviceId } = this.#parts;
    switch (notice.type) {
      case 'message':
        this.#parts.observe({ kind: 'announced', deviceId, message: notice.message });
        return;
      case 'sent':
        this.own.sent(notice.clientMessageId, notice.seq);
        this.#parts.observe({ ...notice, kind: 'sent', deviceId });
        return;
      case 'conversation':
        this.own.look(notice.conversationId);
        return;
      default:
    }
  }
}
