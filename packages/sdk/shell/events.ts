import type { ClientEvents, Conversation, LiveQuery, Unsubscribe } from '../types.ts';
import { asSdkError } from './errors.ts';
import { Listeners } from './listeners.ts';
import { liveQuery } from './live-query.ts';

/** Who listens to what happens to a client. */
export class Events {
  readonly #listeners: { [E in keyof ClientEvents]: Listeners<ClientEvents[E]> } = {
    connection: new Listeners(),
    me: new Listeners(),
    conversations: new Listeners(),
    message: new Listeners(),
    person: new Listeners(),
    draft: new Listeners(),
    setting: new Listeners(),
    changeFailed: new Listeners(),
    contact: new Listeners(),
    joinRequests: new Listeners(),
    recordRefused: new Listeners(),
    devices: new Listeners(),
    sessionEnded: new Listeners(),
    presence: new Listeners(),
    typing: new Listeners(),
    error: new Listeners(),
  };
  readonly #any = new Listeners<void>();
  readonly #conversations: () => readonly Conversation[];
  #listIsStale = false;

  constructor(conversations: () => readonly Conversation[]) {
    this.#conversations = conversations;
  }

  on<E extends keyof ClientEvents>(event: E, listener: (payload: ClientEvents[E]) => void): Unsubscribe {
    return this.#listeners[event].add(listener);
  }

  emit<E extends keyof ClientEvents>(event: E, payload: ClientEvents[E]): void {
    this.#listeners[event].emit(payload);
    this.#any.emit();
  }

  /** Whatever the application can read of the client, kept up to date. */
  live<T>(read: () => T): LiveQuery<T> {
    return liveQuery(read, (look) => this.#any.add(look));
  }

  /** What went wrong without anybody waiting for it; `what` says what the store could not do. */
  failed(error: unknown, what?: string): void {
    this.emit('error', asSdkError(error, what));
  }

  /** The list is told once for all that changed at a moment. */
  listChanged(): void {
    if (this.#listIsStale) return;
    this.#listIsStale = true;
    queueMicrotask(() => {
      this.#listIsStale = false;
      this.emit('conversations', this.#conversations());
    });
  }
}
