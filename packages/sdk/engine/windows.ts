import type { ConversationId, Entry, EntryPage, UserId } from '@hongyan/protocol';
import type { ConversationLog } from './conversation-log.ts';
import type { Journal } from './journal.ts';
import type { OutboxItem } from './outbox.ts';
import type { EngineEffect } from './types.ts';
import { type Direction, type View, Window } from './window.ts';

export interface WindowsParts {
  journal: Journal;
  log: (conversationId: ConversationId) => ConversationLog | undefined;
  clearedSeq: (conversationId: ConversationId) => number;
  effect: (effect: EngineEffect) => void;
  changed: (conversationId: ConversationId) => void;
}

/** Which window is meant: the one at the end of the conversation, which has no id of its own, or one opened at a place. */
export interface WindowName {
  conversationId: ConversationId;
  windowId?: string | undefined;
}

/** Before the id of a window whose quotes are read. */
const QUOTE = 'quote:';

const keyOf = ({ conversationId, windowId }: WindowName): string => windowId ?? conversationId;

/** The open timelines, and the way of more messages into them: from the store while it has any, then from the server. */
export class Windows {
  readonly #parts: WindowsParts;
  readonly #windows = new Map<string, Window>();

  constructor(parts: WindowsParts) {
    this.#parts = parts;
  }

  /** The one at the end of the conversation. */
  get(conversationId: ConversationId): Window | undefined {
    return this.#windows.get(conversationId);
  }

  read(name: WindowName, outbox: readonly OutboxItem[], me: UserId): View | undefined {
    return this.#windows.get(keyOf(name))?.read({ log: this.#parts.log(name.conversationId), outbox, me });
  }

  open({ placeSeq, ...name }: WindowName & { placeSeq: number }): void {
    const known = this.#windows.get(keyOf(name));
    if (known) {
      known.openCount += 1;
      return;
    }
    const { conversationId } = name;
    const log = this.#parts.log(conversationId);
    const unstored = this.#parts.journal.unstored(conversationId);
    const place = Math.min(placeSeq, Math.max(1, log?.lastSeq ?? placeSeq));
    const window = new Window({ id: keyOf(name), conversationId, unstored, log, placeSeq: place });
    this.#windows.set(window.id, window);
    window.clearedSeq = this.#parts.clearedSeq(conversationId);
    this.#advance(window);
  }

  close(name: WindowName): void {
    const window = this.#windows.get(keyOf(name));
    if (!window) return;
    window.openCount -= 1;
    if (window.openCount > 0) return;
    this.#fail(window, 'refused', 'the timeline was closed');
    this.#windows.delete(window.id);
  }

  /** REC-8: what is shown begins somewhere else. */
  cleared(conversationId: ConversationId): void {
    for (const window of this.#of(conversationId)) {
      window.clearedSeq = this.#parts.clearedSeq(conversationId);
      this.#advance(window);
    }
  }

  changed(conversationId: ConversationId): void {
    for (const window of this.#of(conversationId)) window.changed();
  }

  appended(conversationId: ConversationId, entries: readonly Entry[]): void {
    for (const window of this.#of(conversationId)) {
      window.append(entries);
      this.#advance(window);
    }
  }

  erase(conversationId: ConversationId, seq: number): void {
    for (const window of this.#of(conversationId)) window.erase(seq);
  }

  /** SYN-7: what was held is not the log any more. */
  dropped(conversationId: ConversationId): void {
    for (const window of this.#of(conversationId)) window.clear();
  }

  /** SYN-21: another run is the end of the log now. */
  cutOff(conversationId: ConversationId): void {
    for (const window of this.#of(conversationId)) window.cutOff();
  }

  trimmed(conversationId: ConversationId, firstSeq: number): void {
    for (const window of this.#of(conversationId)) window.trim(firstSeq);
  }

  request(request: WindowName & { requestId: number; count: number; direction: Direction; online: boolean }): void {
    const { requestId, count, direction, online } = request;
    const window = this.#windows.get(keyOf(request));
    if (!window) {
      const reason = 'the timeline is not open';
      this.#parts.effect({ type: 'emit', notice: { type: 'olderFailed', requestId, code: 'refused', reason } });
      return;
    }
    window.wait(requestId, count, direction);
    this.#advance(window);
    if (!online) this.#failWaitingForServer(window);
  }

  storeAnswered(name: WindowName, entries: readonly Entry[], changes: readonly Entry[]): void {
    if (name.windowId?.startsWith(QUOTE)) {
      this.quoteAnswered(
        { ...name, windowId: name.windowId.slice(QUOTE.length) },
        { entries: [...entries], changes: [...changes] },
      );
      return;
    }
    const window = this.#windows.get(keyOf(name));
    if (window?.loading === 'store') this.#loaded(window, entries, changes);
  }

  storeFailed(name: WindowName, reason: string): void {
    const window = this.#windows.get(keyOf(name));
    if (window?.loading !== 'store') return;
    window.loading = 'nothing';
    this.#fail(window, 'store', reason);
    this.#parts.effect({ type: 'emit', notice: { type: 'error', code: 'store', reason } });
  }

  serverAnswered(name: WindowName, entries: readonly Entry[], changes: readonly Entry[]): void {
    const window = this.#windows.get(keyOf(name));
    if (window?.loading === 'server') this.#loaded(window, entries, changes);
  }

  serverRefused(name: WindowName, reason: string): void {
    const window = this.#windows.get(keyOf(name));
    if (window?.loading !== 'server') return;
    window.loading = 'nothing';
    this.#fail(window, 'server', reason);
  }

  /** The windows that need the server and have not asked it yet, and what for. */
  *wantingServer(): Iterable<{ window: Window; direction: Direction; afterSeq: number; beforeSeq: number }> {
    for (const window of this.#windows.values()) {
      const next = window.loading === 'nothing' ? window.next(this.#log(window)) : undefined;
      if (next?.source.from === 'server') yield { window, direction: next.direction, ...next.source };
    }
  }

  /** MSG-25: the quoted messages that are not looked for yet and not held. */
  *wantingQuotes(): Iterable<{ window: Window; seq: number }> {
    for (const window of this.#windows.values()) {
      const seq = window.quoteSeq === undefined ? window.quotes.wanted : undefined;
      if (seq !== undefined && !this.#holds(window, seq)) yield { window, seq };
    }
  }

  /** MSG-25: looks into the store for those that are held. */
  readQuotes(): void {
    for (const window of this.#windows.values()) {
      const { conversationId, id } = window;
      const seq = window.quoteSeq === undefined ? window.quotes.wanted : undefined;
      if (seq === undefined || !this.#holds(window, seq)) continue;
      window.quoteSeq = seq;
      this.#parts.effect({ type: 'readEntries', conversationId, beforeSeq: seq + 1, limit: 1, windowId: QUOTE + id });
    }
  }

  #holds(window: Window, seq: number): boolean {
    const log = this.#log(window);
    return log !== undefined && seq >= log.fromSeq && seq <= log.toSeq;
  }

  quoteAnswered(name: WindowName, page: Pick<EntryPage, 'entries' | 'changes'> | undefined): void {
    const window = this.#windows.get(keyOf(name));
    const log = this.#parts.log(name.conversationId);
    if (window?.quoteSeq === undefined || !log) return;
    window.quotes.found(window.quoteSeq, log.cleaned(page?.entries ?? []), log.cleaned(page?.changes ?? []));
    window.quoteSeq = undefined;
    this.#parts.changed(name.conversationId);
  }

  connectionLost(): void {
    for (const window of this.#windows.values()) {
      if (window.loading === 'server') window.loading = 'nothing';
      window.quoteSeq = undefined;
      window.tryAgain();
      this.#failWaitingForServer(window);
    }
  }

  *#of(conversationId: ConversationId): Iterable<Window> {
    for (const window of this.#windows.values()) if (window.conversationId === conversationId) yield window;
  }

  #log({ conversationId }: Window): ConversationLog | undefined {
    return this.#parts.log(conversationId);
  }

  #failWaitingForServer(window: Window): void {
    const next = window.isWaiting ? window.next(this.#log(window)) : undefined;
    if (next?.source.from === 'server') this.#fail(window, 'network', 'these messages are on the server');
  }

  #loaded(window: Window, entries: readonly Entry[], changes: readonly Entry[]): void {
    const log = this.#log(window);
    const { direction } = window;
    window.loading = 'nothing';
    const taken = window.take(log?.cleaned(entries) ?? [], log?.cleaned(changes) ?? [], log);
    this.#parts.changed(window.conversationId);
    const from = window.next(log)?.source.from ?? 'nowhere';
    // A page of nothing but changes of other messages shows nothing: on to the next one.
    if (taken !== 'progress' || from === 'nowhere') {
      for (const { requestId } of window.takeWaiting(direction)) {
        this.#parts.effect({ type: 'emit', notice: { type: 'olderLoaded', requestId } });
      }
    }
    if (taken !== 'nothing') this.#advance(window);
  }

  /** Reads the store when somebody waits or the first page is not there; answers at once when that needs no reading. */
  #advance(window: Window): void {
    const next = window.loading === 'nothing' ? window.next(this.#log(window)) : undefined;
    if (!next) return;
    const { direction, source } = next;
    window.direction = direction;
    switch (source.from) {
      case 'store': {
        const { conversationId, id } = window;
        const { beforeSeq, limit } = source;
        const windowId = id === conversationId ? undefined : id;
        window.loading = 'store';
        this.#parts.effect({ type: 'readEntries', conversationId, beforeSeq, limit, windowId });
        return;
      }
      case 'server':
        return;
      case 'window':
      case 'nowhere':
        this.#loaded(window, [], []);
    }
  }

  #fail(window: Window, code: 'network' | 'store' | 'server' | 'refused', reason: string): void {
    for (const { requestId } of window.takeWaiting()) {
      this.#parts.effect({ type: 'emit', notice: { type: 'olderFailed', requestId, code, reason } });
    }
  }
}
