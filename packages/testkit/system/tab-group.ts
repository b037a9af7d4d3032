import type { Clock } from '@hongyan/core';
import type { EngineEvent, OutboxChange, OutboxRecord } from '@hongyan/sdk/engine/types';
import type { SeededRandom } from '../random/seeded-random.ts';

/** A client among those on one store. */
export interface Tab {
  /** At once or, where nothing runs at the moment, when it goes on. */
  tell(event: EngineEvent): void;
}

export interface TabGroupParts {
  clock: Clock;
  random: SeededRandom;
  /** As the store has it. */
  outbox: () => readonly OutboxRecord[];
}

/** How long a word to other tabs takes, and how long it takes until another one leads. */
const WORD_MS_MAX = 30;
const ELECTION_MS_MAX = 500;

/** OUT-7: the clients on one store: one of them leads, and each hears what the others do to the outbox. */
export class TabGroup {
  readonly #parts: TabGroupParts;
  readonly #tabs = new Set<Tab>();
  #leader: Tab | undefined;

  constructor(parts: TabGroupParts) {
    this.#parts = parts;
  }

  join(tab: Tab): void {
    this.#tabs.add(tab);
    tab.tell({ type: 'outboxLeadership', leads: false });
    this.#later(WORD_MS_MAX, tab, () => this.#stored());
    this.#elect();
  }

  leave(tab: Tab): void {
    this.#tabs.delete(tab);
    if (this.#leader !== tab) return;
    this.#leader = undefined;
    this.#elect();
  }

  /** The store has other messages in its outbox than before. */
  outboxStored(by: Tab): void {
    for (const tab of this.#others(by)) this.#later(WORD_MS_MAX, tab, () => this.#stored());
  }

  share(by: Tab, change: OutboxChange): void {
    for (const tab of this.#others(by)) this.#later(WORD_MS_MAX, tab, () => ({ type: 'outboxShared', change }));
  }

  #elect(): void {
    const { clock, random } = this.#parts;
    clock.schedule(random.between(1, ELECTION_MS_MAX), () => {
      if (this.#leader !== undefined) return;
      const [next] = this.#tabs;
      if (next === undefined) return;
      this.#leader = next;
      next.tell({ type: 'outboxLeadership', leads: true });
      this.#later(WORD_MS_MAX, next, () => this.#stored());
    });
  }

  #others(by: Tab): Tab[] {
    return [...this.#tabs].filter((tab) => tab !== by);
  }

  #stored(): EngineEvent {
    return { type: 'outboxStored', records: this.#parts.outbox() };
  }

  #later(delayMsMax: number, tab: Tab, event: () => EngineEvent): void {
    const { clock, random } = this.#parts;
    clock.schedule(random.between(1, delayMsMax), () => {
      if (this.#tabs.has(tab)) tab.tell(event());
    });
  }
}
