import type { Command, Entry, ServerFrame } from '@hongyan/protocol';
import { MemoryStore } from '../../stores/memory.ts';
import { Engine } from '../engine.ts';
import { PresenceSignals } from '../presence-signals.ts';
import type {
  EngineBatch,
  EngineEffect,
  EngineEvent,
  EngineNotice,
  OutboxChange,
  Outcome,
  TimerName,
} from '../types.ts';
import { anna, conversationId, type ModelServer, textBody } from './model-server.ts';

const account = { userId: anna, deviceId: 'd0000000000000000' };
const session = {
  me: { ...account, handle: 'anna', displayName: 'Anna', statusLine: '' },
  accessToken: 'access',
  accessTokenExpiresAtMs: 0,
  refreshToken: 'refresh',
};

const NOTHING: EngineBatch = {
  entries: [],
  erased: [],
  conversations: [],
  outboxPut: [],
  outboxRemove: [],
  records: [],
  userSeq: 0,
};

const newEngine = () => new Engine({ clientName: 'test', signals: (parts) => new PresenceSignals(parts) });

/** An engine with everything around it in the hands of a test: time, the store, and each command's answer. */
export class Device {
  engine = newEngine();
  readonly store: MemoryStore;
  nowMs = 1_000_000;
  random = 0.5;
  /** Whether the store answers by itself. */
  storesAtOnce = true;
  readonly timers = new Map<TimerName, number>();
  readonly notices: EngineNotice[] = [];
  readonly batches: { batchId: number; batch: EngineBatch }[] = [];
  /** Sent and not taken by the test yet. */
  commands: Command[] = [];
  readonly #reads: Promise<void>[] = [];
  connectionId = 0;
  /** Told of each attempt to connect since the test looked last. */
  outcomes: Outcome[] = [];
  authenticating = 0;
  /** Told to the other clients on the same store. */
  readonly shared: OutboxChange[] = [];

  constructor(store = new MemoryStore()) {
    this.store = store;
  }

  do(event: EngineEvent): void {
    for (const effect of this.engine.handle(event, { nowMs: this.nowMs, random: this.random })) this.#carryOut(effect);
  }

  async start(): Promise<void> {
    if (!(await this.store.session())) await this.store.begin(session);
    const snapshot = await this.store.load();
    if (!snapshot) throw new Error('the session was saved');
    this.do({ type: 'signedIn', account, snapshot });
  }

  /** The program dies and starts again with what the store has. */
  async restart(): Promise<void> {
    this.engine = newEngine();
    this.timers.clear();
    this.commands = [];
    this.batches.length = 0;
    await this.start();
  }

  open(): void {
    this.do({ type: 'transportOpened', connectionId: this.connectionId, accessToken: 'access' });
  }

  receive(...frames: ServerFrame[]): void {
    this.do({ type: 'framesReceived', connectionId: this.connectionId, frames });
  }

  lose(code = 1006, retryAfterMs = 0): void {
    this.do({ type: 'transportClosed', connectionId: this.connectionId, code, reason: 'lost', retryAfterMs });
  }

  fire(name: TimerName): void {
    const dueMs = this.timers.get(name);
    if (dueMs === undefined) throw new Error(`the timer ${name} is not set`);
    this.timers.delete(name);
    this.nowMs = Math.max(this.nowMs, dueMs);
    this.do({ type: 'timerFired', name });
  }

  /** How long until the next attempt to connect; NaN when there is none to come. */
  get reconnectInMs(): number {
    return (this.timers.get('reconnect') ?? Number.NaN) - this.nowMs;
  }

  take(): Command[] {
    const commands = this.commands;
    this.commands = [];
    return commands;
  }

  /** Takes what is sent; gives the messages among it. */
  takeSends(): Command[] {
    return this.take().filter(({ body }) => body?.case === 'sendMessage');
  }

  /** Answers everything that is asked until nothing is. */
  settle(server: ModelServer): void {
    for (let rounds = 0; rounds < 1_000; rounds++) {
      const commands = this.take();
      if (commands.length > 0) this.receive(...commands.flatMap((command) => server.answer(command)));
      else if (this.timers.has('resend')) this.fire('resend');
      else return;
    }
    throw new Error('the device does not come to rest');
  }

  /** Connects, however often it takes, and answers everything. */
  online(server: ModelServer): void {
    if (this.timers.has('reconnect')) this.fire('reconnect');
    this.open();
    this.settle(server);
  }

  compose(clientMessageId: string): void {
    this.do({ type: 'messageComposed', conversationId, clientMessageId, body: textBody(clientMessageId) });
  }

  stored(): Promise<Entry[]> {
    return this.store.entries({ conversationId, beforeSeq: Number.MAX_SAFE_INTEGER, limit: 10_000 });
  }

  finishStoring(): void {
    for (const { batchId, batch } of this.batches.splice(0)) {
      this.store.applyNow(account.deviceId, batch);
      this.do({ type: 'persisted', batchId });
    }
  }

  /** The store has answered what it was asked. */
  async read(): Promise<void> {
    await Promise.all(this.#reads.splice(0));
  }

  async #read(effect: Extract<EngineEffect, { type: 'readEntries' }>): Promise<void> {
    const entries = await this.store.entries(effect);
    const changes = await this.store.changes(effect, entries);
    this.do({ type: 'entriesRead', conversationId, windowId: effect.windowId, entries, changes });
  }

  #carryOut(effect: EngineEffect): void {
    switch (effect.type) {
      case 'connect':
        this.connectionId = effect.connectionId;
        this.outcomes.push(effect.last);
        this.commands = [];
        return;
      case 'disconnect':
        this.commands = [];
        return;
      case 'authenticate':
        this.authenticating += 1;
        return;
      case 'send':
        this.commands.push(...effect.commands);
        return;
      case 'setTimer':
        this.timers.set(effect.name, this.nowMs + effect.delayMs);
        return;
      case 'clearTimer':
        this.timers.delete(effect.name);
        return;
      case 'persist':
        this.batches.push(effect);
        if (this.storesAtOnce) this.finishStoring();
        return;
      case 'noteOutbox':
        this.store.applyNow(account.deviceId, { ...NOTHING, outboxPut: effect.records });
        return;
      case 'readEntries':
        this.#reads.push(this.#read(effect));
        return;
      case 'shareOutbox':
        this.shared.push(effect.change);
        return;
      case 'emit':
        this.notices.push(effect.notice);
    }
  }
}
