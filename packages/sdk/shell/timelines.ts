import type { ConversationId } from '@hongyan/protocol';
import type { EngineEvent, EngineNotice, EngineQueries } from '../engine/types.ts';
import type { Message, Timeline, TimelinePlace } from '../types.ts';
import { asSdkError } from './errors.ts';
import { Listeners } from './listeners.ts';
import { PendingAnswers } from './pending-answers.ts';

const PAGE_COUNT = 50;
const NO_MESSAGES: readonly Message[] = [];

export interface TimelinesParts {
  engine: EngineQueries;
  dispatch: (event: EngineEvent) => void;
  seqAt: (conversationId: ConversationId, timeMs: number) => Promise<number>;
}

/** The timelines the application has open, and their requests for more messages. */
export class Timelines {
  readonly #parts: TimelinesParts;
  readonly #open = new Map<ConversationId, { count: number; changes: Listeners<void> }>();
  readonly #requests = new PendingAnswers<void>();
  #lastWindow = 0;

  constructor(parts: TimelinesParts) {
    this.#parts = parts;
  }

  open(conversationId: ConversationId, at: TimelinePlace | undefined): Timeline {
    const { engine, dispatch } = this.#parts;
    const open = this.#open.get(conversationId) ?? { count: 0, changes: new Listeners<void>() };
    const { changes } = open;
    open.count += 1;
    this.#open.set(conversationId, open);
    const place = this.#placeOf(conversationId, at);
    this.#lastWindow += 1;
    const windowId = place === 0 ? undefined : `${conversationId} ${this.#lastWindow}`;
    const name = { conversationId, windowId };
    const own = new Set<() => void>();
    let isOpen = true;
    const begin = (placeSeq: number) => {
      if (isOpen) dispatch({ type: 'timelineOpened', ...name, placeSeq });
    };
    const ready = typeof place === 'number' ? Promise.resolve(begin(place)) : place.then(begin);
    ready.catch(() => {});
    const view = () => engine.timeline(conversationId, windowId);
    const load = async (type: 'olderRequested' | 'newerRequested', count = PAGE_COUNT) => {
      await ready;
      await this.#requests.ask((requestId) => dispatch({ type, ...name, count, requestId }));
    };
    return {
      conversationId,
      ready,
      get messages() {
        return view()?.messages ?? NO_MESSAGES;
      },
      get hasOlder() {
        return view()?.hasOlder ?? false;
      },
      get hasNewer() {
        return view()?.hasNewer ?? false;
      },
      loadOlder: (count) => load('olderRequested', count),
      loadNewer: (count) => load('newerRequested', count),
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
        dispatch({ type: 'timelineClosed', ...name });
        open.count -= 1;
        if (open.count === 0) this.#open.delete(conversationId);
      },
    };
  }

  conversationChanged(conversationId: ConversationId): void {
    this.#open.get(conversationId)?.changes.emit();
  }

  answered(notice: Extract<EngineNotice, { type: 'olderLoaded' | 'olderFailed' }>): void {
    if (notice.type === 'olderLoaded') this.#requests.answered(notice.requestId);
    else this.#requests.failed(notice);
  }

  abandonAll(reason: string): void {
    this.#requests.abandonAll(reason);
  }

  /** Where it begins; 0: at the end. */
  #placeOf(conversationId: ConversationId, at: TimelinePlace | undefined): number | Promise<number> {
    if (at === undefined) return 0;
    if (at === 'first-unread') {
      const isRead = !this.#parts.engine.conversations().find(({ id }) => id === conversationId)?.unreadCount;
      return isRead ? 0 : (this.#parts.engine.position(conversationId)?.readSeq ?? -1) + 1;
    }
    if ('seq' in at) return Math.max(1, at.seq);
    return this.#parts.seqAt(conversationId, at.date.getTime()).catch((error: unknown) => {
      throw asSdkError(error);
    });
  }
}
