import type { EngineEvent, OutboxChange } from '../engine/types.ts';
import type { Leaving } from '../stores/ownership.ts';
import type { ClientStore } from '../stores/store.ts';
import type { SessionEnd } from '../types.ts';
import { Candidacy } from './candidacy.ts';
import type { Channel, Neighbours } from './neighbours.ts';
import { oneAtATime } from './one-at-a-time.ts';

/** What clients on one store tell each other. */
export type TabWord =
  /** The outbox in the store has changed. */
  | { type: 'outboxStored' }
  | { type: 'outboxShared'; change: OutboxChange }
  /** There is a network. A tab in the background may otherwise wait long for its next attempt. */
  | { type: 'online' }
  /** OUT-10: the session that they share is over. */
  | { type: 'signedOut'; leaving: Leaving; end: SessionEnd | undefined };

export interface TabsParts {
  store: ClientStore;
  neighbours: Neighbours;
  dispatch: (event: EngineEvent) => void;
  isOffline: () => boolean;
  signedOut: (leaving: Leaving, end: SessionEnd | undefined) => void;
  failed: (error: unknown) => void;
}

/** OUT-7: of the clients on one store, one sends, and all know what becomes of the messages. Alone, there is nothing to do. */
export class Tabs {
  readonly #parts: TabsParts;
  #session: { channel: Channel; candidacy: Candidacy } | undefined;
  readonly #read = oneAtATime(() => this.#readOutbox());

  constructor(parts: TabsParts) {
    this.#parts = parts;
  }

  /** Somebody is signed in; `deviceId` keeps apart what belongs to another session on the same store. */
  begin(deviceId: string): void {
    this.end();
    const { store, neighbours, dispatch } = this.#parts;
    if (store.sharedAs === undefined) return;
    const name = `${store.sharedAs} ${deviceId}`;
    dispatch({ type: 'outboxLeadership', leads: false });
    const channel = neighbours.join(name, (word) => this.#hear(word as TabWord));
    const candidacy = new Candidacy({
      elect: (signal, changed) => neighbours.elect(`${name} leads`, signal, changed),
      changed: (leads) => void this.#lead(leads),
    });
    this.#session = { channel, candidacy };
    candidacy.stand();
    // What others wrote before they could be heard; and one that leads and cannot read it leaves the lead to this one.
    void this.#read();
    this.tell({ type: 'outboxStored' });
  }

  tell(word: TabWord): void {
    this.#session?.channel.tell(word);
  }

  /** This one will never send again: another one has to. What is written here is still stored and told. */
  retire(): void {
    this.#session?.candidacy.end();
  }

  end(): void {
    const session = this.#session;
    this.#session = undefined;
    session?.candidacy.end();
    session?.channel.leave();
  }

  #hear(word: TabWord): void {
    switch (word.type) {
      case 'outboxStored':
        void this.#changedElsewhere();
        return;
      case 'outboxShared':
        this.#parts.dispatch(word);
        return;
      case 'online':
        if (this.#parts.isOffline()) this.#parts.dispatch({ type: 'networkChanged', online: true });
        return;
      case 'signedOut':
        this.#parts.signedOut(word.leaving, word.end);
    }
  }

  async #changedElsewhere(): Promise<void> {
    const session = this.#session;
    if (!(await this.#read())) session?.candidacy.standAside();
  }

  /** Who cannot read what others write leaves the lead to them; when nobody takes it, it sends at least what it knows. */
  async #lead(leads: boolean): Promise<void> {
    const candidacy = this.#session?.candidacy;
    if (!leads || !candidacy) this.#parts.dispatch({ type: 'outboxLeadership', leads: false });
    else if (!(await this.#read()) && !candidacy.hasGivenWay) candidacy.standAside();
    else if (candidacy.leads) this.#parts.dispatch({ type: 'outboxLeadership', leads: true });
  }

  /** Whether it could be read. */
  async #readOutbox(): Promise<boolean> {
    const session = this.#session;
    try {
      const records = await this.#parts.store.outbox();
      if (session && session === this.#session) this.#parts.dispatch({ type: 'outboxStored', records });
      return true;
    } catch (error) {
      this.#parts.failed(error);
      return false;
    }
  }
}
