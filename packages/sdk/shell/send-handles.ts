import type { ConversationId } from '@hongyan/protocol';
import type { EngineQueries } from '../engine/types.ts';
import { type FailureKind, type FailureReason, failureKind } from '../failures.ts';
import { type MessageState, SdkError, type SdkErrorCode, type SendHandle, type Unsubscribe } from '../types.ts';
import { Listeners } from './listeners.ts';

/** Handles that are kept up to date; the oldest are let go. */
const HANDLES_MAX = 1_000;

const order = ['queued', 'sending', 'sent', 'delivered', 'read'];
const hasReached = (state: MessageState, name: 'sent' | 'delivered' | 'read') =>
  order.indexOf(state.name) >= order.indexOf(name);

class Handle implements SendHandle {
  readonly id: string;
  readonly conversationId: ConversationId;
  seq: number | undefined;
  #state: MessageState = { name: 'queued' };
  #gone: SdkError | undefined;
  readonly #changes = new Listeners<MessageState>();
  readonly #waiting = new Set<() => void>();

  constructor(id: string, conversationId: ConversationId) {
    this.id = id;
    this.conversationId = conversationId;
  }

  get state(): MessageState {
    return this.#state;
  }

  onChange(listener: (state: MessageState) => void): Unsubscribe {
    return this.#changes.add(listener);
  }

  until(name: 'sent' | 'delivered' | 'read'): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const settled = hasReached(this.#state, name) || this.#state.name === 'failed' || this.#gone;
        if (!settled) return;
        this.#waiting.delete(check);
        if (hasReached(this.#state, name)) resolve();
        else if (this.#state.name === 'failed') reject(failure(this.#state.reason));
        else reject(this.#gone);
      };
      this.#waiting.add(check);
      check();
    });
  }

  update(state: MessageState): void {
    if (state.name === this.#state.name) return;
    this.#state = state;
    this.#changes.emit(state);
    for (const check of [...this.#waiting]) check();
  }

  abandon(error: SdkError): void {
    this.#gone = error;
    for (const check of [...this.#waiting]) check();
  }
}

function failure(reason: FailureReason): SdkError {
  const codes: { [K in FailureKind]?: SdkErrorCode } = { 'no-answer': 'network', busy: 'server' };
  return new SdkError(codes[failureKind(reason)] ?? 'refused', reason, { reason });
}

/** What `sendText` gave out and may still change. */
export class SendHandles {
  readonly #handles = new Map<string, Handle>();
  readonly #engine: EngineQueries;

  constructor(engine: EngineQueries) {
    this.#engine = engine;
  }

  create(id: string, conversationId: ConversationId): SendHandle {
    const handle = new Handle(id, conversationId);
    this.#handles.set(id, handle);
    for (const [oldest, old] of this.#handles) {
      if (this.#handles.size <= HANDLES_MAX) break;
      this.#handles.delete(oldest);
      old.abandon(new SdkError('refused', 'too many messages are being watched'));
    }
    return handle;
  }

  /** Of something that needs no sending. */
  done(id: string, conversationId: ConversationId): SendHandle {
    const handle = new Handle(id, conversationId);
    handle.update({ name: 'sent' });
    return handle;
  }

  /** Of a change that was taken back. */
  failed(id: string, reason: FailureReason): void {
    this.#handles.get(id)?.update({ name: 'failed', reason });
    this.#handles.delete(id);
  }

  sent(id: string, seq: number): void {
    const handle = this.#handles.get(id);
    if (!handle) return;
    handle.seq = seq;
    this.#refresh(handle);
  }

  conversationChanged(conversationId: ConversationId): void {
    for (const handle of this.#handles.values()) if (handle.conversationId === conversationId) this.#refresh(handle);
  }

  discarded(id: string): void {
    this.#handles.get(id)?.abandon(new SdkError('refused', 'the message was discarded'));
    this.#handles.delete(id);
  }

  abandonAll(reason: string): void {
    for (const handle of this.#handles.values()) handle.abandon(new SdkError('signed-out', reason));
    this.#handles.clear();
  }

  #refresh(handle: Handle): void {
    const { conversationId, id: clientMessageId, seq } = handle;
    const state = this.#engine.messageState({ conversationId, clientMessageId, seq });
    if (state) handle.update(state);
    if (state?.name === 'read') this.#handles.delete(handle.id);
  }
}
