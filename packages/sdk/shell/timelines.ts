import type { ConversationId } from '@hongyan/protocol';
import type { EngineEvent, EngineNotice, EngineQueries } from '../engine/types.ts';
import { type Message, SdkError, type Timeline } from '../types.ts';
import { Listeners } from './listeners.ts';

const OLDER_COUNT = 50;
const NO_MESSAGES: readonly Message[] = [];

/** The timelines the application has open, and their requests for older messages. */
export class Timelines {
  readonly #engine: EngineQueries;
  readonly #dispatch: (event: EngineEvent) => void;
  readonly #changes = new Map<ConversationId, Listeners<void>>();
  readonly #requests = new Map<number, { resolve: () => void; reject: (error: SdkError) => void }>();
  #lastRequestId = 0;

  constructor(engine: EngineQueries, dispatch: (event: EngineEvent) => void) {
    this.#engine = engine;
    this.#dispatch = dispatch;
  }

  open(conversationId: ConversationId): Timeline {
    const engine = this.#engine;
    const dispatch = this.#dispatch;
    const changes = this.#changes.get(conversationId) ?? new Listeners<void>();
    this.#changes.set(conversationId, changes);
    dispatch({ type: 'timelineOpened', conversationId });
    const own = new Set<() => void>();
    let isOpen = true;
    return {
      conversationId,
      get messages() {
        return engine.timeline(conversationId)?.messages ?? NO_MESSAGES;
      },
      get hasOlder() {
        return engine.timeline(conversationId)?.hasOlder ?? false;
      },
      loadOlder: (count = OLDER_COUNT) => this.#loadOlder(conversationId, count),
      markRead: () => dispatch({ type: 'conversationRead', conversationId }),
      onChange: (listener) => {
        const remove = changes.add(listener);
        own.add(remove);
        return () => {
          own.delete(remove);
          remove();
        };
      },
      close: () => {
        if (!isOpen) return;
        isOpen = false;
        for (const remove of own) remove();
        dispatch({ type: 'timelineClosed', conversationId });
        if (!engine.timeline(conversationId)) this.#changes.delete(conversationId);
      },
    };
  }

  conversationChanged(conversationId: ConversationId): void {
    this.#changes.get(conversationId)?.emit();
  }

  answered(notice: Extract<EngineNotice, { type: 'olderLoaded' | 'olderFailed' }>): void {
    const request = this.#requests.get(notice.requestId);
    this.#requests.delete(notice.requestId);
    if (notice.type === 'olderLoaded') request?.resolve();
    else request?.reject(new SdkError(notice.code, notice.reason));
  }

  abandonAll(reason: string): void {
    for (const request of this.#requests.values()) request.reject(new SdkError('signed-out', reason));
    this.#requests.clear();
  }

  #loadOlder(conversationId: ConversationId, count: number): Promise<void> {
    this.#lastRequestId += 1;
    const requestId = this.#lastRequestId;
    return new Promise((resolve, reject) => {
      this.#requests.set(requestId, { resolve, reject });
      this.#dispatch({ type: 'olderRequested', conversationId, count, requestId });
    });
  }
}
