import type { ConversationId, Entry } from '@hongyan/protocol';
import type { ConversationLog } from './conversation-log.ts';
import type { Journal } from './journal.ts';
import type { EngineEffect } from './types.ts';
import { Window } from './window.ts';

export interface WindowsParts {
  journal: Journal;
  log: (conversationId: ConversationId) => ConversationLog | undefined;
  clearedSeq: (conversationId: ConversationId) => number;
  effect: (effect: EngineEffect) => void;
  changed: (conversationId: ConversationId) => void;
}

/** The open timelines, and the way of older messages into them: from the store while it has any, then from the server. */
export class Windows {
  readonly #parts: WindowsParts;
  readonly #windows = new Map<ConversationId, Window>();

  constructor(parts: WindowsParts) {
    this.#parts = parts;
  }

  get(conversationId: ConversationId): Window | undefined {
    return this.#windows.get(conversationId);
  }

  open(conversationId: ConversationId): void {
    const known = this.#windows.get(conversationId);
    if (known) {
      known.openCount += 1;
      return;
    }
    const toSeq = this.#parts.log(conversationId)?.toSeq ?? 0;
    const window = new Window(conversationId, this.#parts.journal.unstored(conversationId), toSeq);
    this.#windows.set(conversationId, window);
    window.clearedSeq = this.#parts.clearedSeq(conversationId);
    this.#advance(window);
  }

  /** REC-8: what is shown begins somewhere else. */
  cleared(conversationId: ConversationId): void {
    const window = this.#windows.get(conversationId);
    if (!window) return;
    window.clearedSeq = this.#parts.clearedSeq(conversationId);
    this.#advance(window);
  }

  close(conversationId: ConversationId): void {
    const window = this.#windows.get(conversationId);
    if (!window) return;
    window.openCount -= 1;
    if (window.openCount > 0) return;
    this.#fail(window, 'refused', 'the timeline was closed');
    this.#windows.delete(conversationId);
  }

  requestOlder(request: { conversationId: ConversationId; requestId: number; count: number; online: boolean }): void {
    const { conversationId, requestId, count, online } = request;
    const window = this.#windows.get(conversationId);
    if (!window) {
      const reason = 'the timeline is not open';
      this.#parts.effect({ type: 'emit', notice: { type: 'olderFailed', requestId, code: 'refused', reason } });
      return;
    }
    window.wait(requestId, count);
    this.#advance(window);
    if (!online) this.#failWaitingForServer(window);
  }

  storeAnswered(conversationId: ConversationId, entries: readonly Entry[]): void {
    const window = this.#windows.get(conversationId);
    if (window?.loading === 'store') this.#loaded(window, entries);
  }

  storeFailed(conversationId: ConversationId, reason: string): void {
    const window = this.#windows.get(conversationId);
    if (window?.loading !== 'store') return;
    window.loading = 'nothing';
    this.#fail(window, 'store', reason);
    this.#parts.effect({ type: 'emit', notice: { type: 'error', code: 'store', reason } });
  }

  serverAnswered(conversationId: ConversationId, entries: readonly Entry[]): void {
    const window = this.#windows.get(conversationId);
    if (window?.loading === 'server') this.#loaded(window, entries);
  }

  serverRefused(conversationId: ConversationId, reason: string): void {
    const window = this.#windows.get(conversationId);
    if (window?.loading !== 'server') return;
    window.loading = 'nothing';
    this.#fail(window, 'server', reason);
  }

  /** The windows that wait for the server and have not asked it yet. */
  *wantingServer(): Iterable<Window> {
    for (const window of this.#windows.values()) {
      if (window.loading === 'nothing' && this.#waitsForServer(window)) yield window;
    }
  }

  connectionLost(): void {
    for (const window of this.#windows.values()) {
      if (window.loading === 'server') window.loading = 'nothing';
      this.#failWaitingForServer(window);
    }
  }

  #waitsForServer(window: Window): boolean {
    return window.isWaiting && window.older(this.#parts.log(window.conversationId)).from === 'server';
  }

  #failWaitingForServer(window: Window): void {
    if (this.#waitsForServer(window)) this.#fail(window, 'network', 'older messages are on the server');
  }

  #loaded(window: Window, entries: readonly Entry[]): void {
    window.loading = 'nothing';
    window.prepend(entries, this.#parts.log(window.conversationId)?.toSeq ?? 0);
    this.#parts.changed(window.conversationId);
    for (const requestId of window.takeWaiting()) {
      this.#parts.effect({ type: 'emit', notice: { type: 'olderLoaded', requestId } });
    }
  }

  /** Reads the store when somebody waits or the first page is not there; answers at once when that needs no reading. */
  #advance(window: Window): void {
    if (window.loading !== 'nothing') return;
    const source = window.older(this.#parts.log(window.conversationId));
    if (!window.isWaiting && source.from !== 'store') return;
    switch (source.from) {
      case 'store': {
        const { beforeSeq, limit } = source;
        window.loading = 'store';
        this.#parts.effect({ type: 'readEntries', conversationId: window.conversationId, beforeSeq, limit });
        return;
      }
      case 'server':
        return;
      case 'window':
      case 'nowhere':
        this.#loaded(window, []);
    }
  }

  #fail(window: Window, code: 'network' | 'store' | 'server' | 'refused', reason: string): void {
    for (const requestId of window.takeWaiting()) {
      this.#parts.effect({ type: 'emit', notice: { type: 'olderFailed', requestId, code, reason } });
    }
  }
}
