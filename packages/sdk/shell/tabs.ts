import type { EngineEvent, OutboxChange } from '../engine/types.ts';
import type { ClientStore } from '../stores/store.ts';
import type { Channel, Neighbours } from './neighbours.ts';

/** What clients on one store tell each other. */
export type TabWord =
  /** The outbox in the store has changed. */
  | { type: 'outboxStored' }
  | { type: 'outboxShared'; change: OutboxChange }
  /** There is a network. A tab in the background may otherwise wait long for its next attempt. */
  | { type: 'online' };

export interface TabsParts {
  store: ClientStore;
  neighbours: Neighbours;
  dispatch: (event: EngineEvent) => void;
  isOffline: () => boolean;
  failed: (error: unknown) => void;
}

/** OUT-7: of the clients on one store, one sends, and all know what becomes of the messages. Alone, there is nothing to do. */
export class Tabs {
  readonly #parts: TabsParts;
  #session: { channel: Channel; end: AbortController } | undefined;
  #reading: 'no' | 'yes' | 'again' = 'no';

  constructor(parts: TabsParts) {
    this.#parts = parts;
  }

  /** Somebody is signed in; `deviceId` keeps apart what belongs to another session on the same store. */
  begin(deviceId: string): void {
    this.end();
    const { store, neighbours, dispatch } = this.#parts;
    if (store.sharedAs === undefined) return;
    const name = `${store.sharedAs} ${deviceId}`;
    const end = new AbortController();
    dispatch({ type: 'outboxLeadership', leads: false });
    this.#session = { channel: neighbours.join(name, (word) => this.#hear(word as TabWord)), end };
    neighbours.elect(`${name} leads`, end.signal, async (leads) => {
      if (leads) await this.#read();
      if (!leads || !end.signal.aborted) dispatch({ type: 'outboxLeadership', leads });
    });
    // What others wrote before they could be heard.
    void this.#read();
  }

  tell(word: TabWord): void {
    this.#session?.channel.tell(word);
  }

  end(): void {
    this.#session?.end.abort();
    this.#session?.channel.leave();
    this.#session = undefined;
  }

  #hear(word: TabWord): void {
    switch (word.type) {
      case 'outboxStored':
        void this.#read();
        return;
      case 'outboxShared':
        this.#parts.dispatch(word);
        return;
      case 'online':
        if (this.#parts.isOffline()) this.#parts.dispatch({ type: 'networkChanged', online: true });
    }
  }

  /** One at a time; what changes meanwhile is read once more. */
  async #read(): Promise<void> {
    if (this.#reading !== 'no') {
      this.#reading = 'again';
      return;
    }
    const session = this.#session;
    this.#reading = 'yes';
    try {
      const records = await this.#parts.store.outbox();
      if (session === this.#session) this.#parts.dispatch({ type: 'outboxStored', records });
    } catch (error) {
      this.#parts.failed(error);
    }
    const isStale = (this.#reading as string) === 'again';
    this.#reading = 'no';
    if (isStale && this.#session) await this.#read();
  }
}
