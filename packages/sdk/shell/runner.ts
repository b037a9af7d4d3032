import type { Engine } from '../engine/engine.ts';
import type { EngineEffect, EngineEvent, EngineNotice, Outcome, TimerName } from '../engine/types.ts';
import type { ClientStore } from '../stores/store.ts';
import type { Transport, TransportConnection } from '../transports/transport.ts';
import { SdkError } from '../types.ts';
import type { Gateways } from './gateways.ts';
import type { SessionKeeper } from './session-keeper.ts';
import type { TabWord } from './tabs.ts';

export interface RunnerParts {
  engine: Engine;
  transport: Transport;
  /** Decides where the transport leads; undefined: it leads where it does. */
  gateways: Gateways | undefined;
  store: ClientStore;
  sessions: SessionKeeper;
  /** Called outside of the engine, in order. */
  notice: (notice: EngineNotice) => void;
  /** For the other clients on the same store. */
  tell: (word: TabWord) => void;
}

/** Carries out what the engine asks for, with the platform's clock, timers, randomness, network and store. */
export class Runner {
  readonly #parts: RunnerParts;
  readonly #timers = new Map<TimerName, ReturnType<typeof setTimeout>>();
  #connection: { connectionId: number; transport: TransportConnection | undefined } | undefined;
  #persisting: Promise<void> | undefined;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  dispatch(event: EngineEvent): void {
    const effects = this.#parts.engine.handle(event, { nowMs: Date.now(), random: Math.random() });
    for (const effect of effects) this.#carryOut(effect);
  }

  /** Ends the connection without a word to the engine, and waits until what it knows is stored or cannot be. */
  async close(): Promise<void> {
    this.#hangUp();
    while (this.#persisting) await this.#persisting;
    this.dispatch({ type: 'signedOut' });
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #carryOut(effect: EngineEffect): void {
    switch (effect.type) {
      case 'connect':
        void this.#connect(effect);
        return;
      case 'disconnect':
        if (this.#connection?.connectionId === effect.connectionId) this.#hangUp();
        return;
      case 'authenticate':
        void this.#authenticate();
        return;
      case 'send':
        if (this.#connection?.connectionId === effect.connectionId) this.#connection.transport?.send(effect.commands);
        return;
      case 'setTimer': {
        const { name, delayMs } = effect;
        clearTimeout(this.#timers.get(name));
        this.#timers.set(
          name,
          setTimeout(() => this.dispatch({ type: 'timerFired', name }), delayMs),
        );
        return;
      }
      case 'clearTimer':
        clearTimeout(this.#timers.get(effect.name));
        this.#timers.delete(effect.name);
        return;
      case 'persist':
        this.#persisting = this.#persist(effect);
        return;
      case 'noteOutbox':
        // What does not succeed is in the next batch too.
        this.#parts.store.note?.(effect.records).catch(() => {});
        return;
      case 'readEntries':
        void this.#readEntries(effect);
        return;
      case 'shareOutbox':
        this.#parts.tell({ type: 'outboxShared', change: effect.change });
        return;
      case 'emit':
        queueMicrotask(() => this.#parts.notice(effect.notice));
    }
  }

  async #connect({ connectionId, last }: { connectionId: number; last: Outcome }): Promise<void> {
    this.#connection = { connectionId, transport: undefined };
    const failed = (code: number, reason: string) =>
      this.dispatch({ type: 'transportClosed', connectionId, code, reason, retryAfterMs: 0 });
    try {
      const accessToken = await this.#parts.sessions.accessToken();
      const queued = await this.#parts.gateways?.next(last, accessToken);
      if (this.#connection?.connectionId !== connectionId) return;
      if (queued) {
        this.dispatch({ type: 'transportPostponed', connectionId, ...queued });
        return;
      }
      this.#connection.transport = this.#parts.transport({
        onOpen: () => this.dispatch({ type: 'transportOpened', connectionId, accessToken }),
        onFrames: (frames) => this.dispatch({ type: 'framesReceived', connectionId, frames }),
        onClose: failed,
      });
    } catch (error) {
      if (this.#connection?.connectionId !== connectionId) return;
      if (isOver(error)) this.dispatch({ type: 'credentialsRefused', end: error.end });
      else failed(0, String(error));
    }
  }

  async #authenticate(): Promise<void> {
    const { sessions } = this.#parts;
    const deviceId = sessions.me?.deviceId;
    const outcome = await sessions.renew().then(
      (): EngineEvent => ({ type: 'credentialsRefreshed' }),
      (error: unknown): EngineEvent =>
        isOver(error) ? { type: 'credentialsRefused', end: error.end } : { type: 'credentialsUnavailable' },
    );
    // Somebody else may have signed in meanwhile.
    if (sessions.me?.deviceId === deviceId) this.dispatch(outcome);
  }

  async #persist({ batchId, batch }: Extract<EngineEffect, { type: 'persist' }>): Promise<void> {
    const { sessions, store, tell } = this.#parts;
    const deviceId = sessions.me?.deviceId;
    if (deviceId === undefined) return;
    let outcome: EngineEvent = { type: 'persisted', batchId };
    try {
      await store.apply(deviceId, batch);
      if (batch.outboxPut.length > 0) tell({ type: 'outboxStored' });
    } catch (error) {
      // OUT-10: another client on this store has signed out.
      if (isOver(error)) outcome = { type: 'credentialsRefused' };
      else outcome = { type: 'persistFailed', batchId, reason: String(error) };
    }
    this.#persisting = undefined;
    if (sessions.me?.deviceId === deviceId) this.dispatch(outcome);
  }

  async #readEntries({ type: _, ...query }: Extract<EngineEffect, { type: 'readEntries' }>) {
    const { store } = this.#parts;
    const { conversationId, windowId } = query;
    try {
      const entries = await store.entries(query);
      const changes = await store.changes(query, entries);
      this.dispatch({ type: 'entriesRead', conversationId, windowId, entries, changes });
    } catch (error) {
      this.dispatch({ type: 'entriesReadFailed', conversationId, windowId, reason: String(error) });
    }
  }

  #hangUp(): void {
    this.#connection?.transport?.close();
    this.#connection = undefined;
  }
}

const isOver = (error: unknown): error is SdkError => error instanceof SdkError && error.code === 'signed-out';
