import type { ErrorCode } from '@hongyan/protocol';
import { MemoryStore } from '../../stores/memory.ts';
import { Device } from './device.ts';
import { type ModelServer, pushFrame } from './model-server.ts';

/** Two clients of one device on one store, of which one leads, with every step between them in the hands of a test. */
export class TwoTabs {
  readonly store = new MemoryStore();
  readonly tabs: readonly [Device, Device] = [new Device(this.store), new Device(this.store)];
  readonly server: ModelServer;
  /** What each tab wrote, in order; without what a crash took before it was stored. */
  readonly written: [string[], string[]] = [[], []];
  /** Failed at least once, so that its place is given up. */
  readonly failed = new Set<string>();
  #leader: 0 | 1 = 0;
  #composed = 0;

  constructor(server: ModelServer) {
    this.server = server;
  }

  async start(): Promise<void> {
    for (const which of [0, 1] as const) {
      await this.tabs[which].start();
      this.tabs[which].do({ type: 'outboxLeadership', leads: which === this.#leader });
      this.tabs[which].online(this.server);
    }
  }

  compose(which: 0 | 1): void {
    this.#composed += 1;
    const id = `tab${which}-${this.#composed}`;
    this.written[which].push(id);
    this.tabs[which].compose(id);
  }

  answer(which: 0 | 1): void {
    const tab = this.tabs[which];
    tab.receive(...tab.take().flatMap((command) => this.server.answer(command)));
  }

  refuse(which: 0 | 1, code: ErrorCode): void {
    const tab = this.tabs[which];
    for (const command of tab.take()) {
      const isSend = command.body?.case === 'sendMessage';
      tab.receive(...(isSend ? this.server.refuse(command, code) : this.server.answer(command)));
    }
    this.#noteFailed();
  }

  loseAnswers(which: 0 | 1): void {
    for (const command of this.tabs[which].take()) this.server.answer(command);
    this.lose(which);
  }

  lose(which: 0 | 1): void {
    this.tabs[which].lose();
    this.#noteFailed();
  }

  /** Comes back; what its outbox sends then is not answered yet. */
  reconnect(which: 0 | 1): void {
    const tab = this.tabs[which];
    if (!tab.timers.has('reconnect')) return;
    tab.fire('reconnect');
    tab.open();
    for (const command of tab.take().filter(({ body }) => body?.case === 'hello')) {
      tab.receive(...this.server.answer(command));
    }
  }

  resend(which: 0 | 1): void {
    if (this.tabs[which].timers.has('resend')) this.tabs[which].fire('resend');
  }

  push(which: 0 | 1): void {
    const frames = this.server.log.slice(-2).map((value) => pushFrame({ case: 'entry', value }));
    this.tabs[which].receive(...frames);
  }

  /** What the other one has stored and told arrives. */
  async hear(which: 0 | 1): Promise<void> {
    const tab = this.tabs[which];
    for (const change of this.#other(which).shared.splice(0)) tab.do({ type: 'outboxShared', change });
    tab.do({ type: 'outboxStored', records: await this.store.outbox() });
    this.#noteFailed();
  }

  /** The platform gives the lead to the other tab. */
  async handOver(): Promise<void> {
    this.tabs[this.#leader].do({ type: 'outboxLeadership', leads: false });
    this.#leader = this.#leader === 0 ? 1 : 0;
    this.tabs[this.#leader].do({ type: 'outboxLeadership', leads: true });
    await this.hear(this.#leader);
  }

  /** A reload in the middle of anything: what was not stored is gone, what was told is not, and the other one leads. */
  async reload(which: 0 | 1): Promise<void> {
    if (which === this.#leader) await this.handOver();
    const tab = this.tabs[which];
    const kept = new Set((await this.store.outbox()).map(({ clientMessageId }) => clientMessageId));
    const logged = new Set(this.server.log.map(({ clientMessageId }) => clientMessageId));
    this.written[which] = this.written[which].filter((id) => kept.has(id) || logged.has(id));
    await tab.restart();
    tab.do({ type: 'outboxLeadership', leads: false });
  }

  async retryFailed(which: 0 | 1): Promise<void> {
    for (const { clientMessageId, state } of this.tabs[which].engine.outbox()) {
      if (state.name === 'failed') this.tabs[which].do({ type: 'messageRetried', clientMessageId });
    }
  }

  /** Everything works again and everybody does what there is to do. */
  async heal(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      for (const which of [0, 1] as const) {
        const tab = this.tabs[which];
        tab.storesAtOnce = true;
        tab.finishStoring();
        await this.hear(which);
        await this.retryFailed(which);
        if (tab.timers.has('reconnect')) tab.online(this.server);
        if (tab.engine.connection().status === 'connecting') tab.open();
        tab.settle(this.server);
        for (const value of this.server.log) tab.receive(pushFrame({ case: 'entry', value }));
        tab.settle(this.server);
      }
      // One that came back too late for a word of the other's, and too far behind for the entry, finds out by sending again.
      await this.handOver();
    }
  }

  #other(which: 0 | 1): Device {
    return this.tabs[which === 0 ? 1 : 0];
  }

  #noteFailed(): void {
    for (const tab of this.tabs) {
      for (const { clientMessageId, state } of tab.engine.outbox()) {
        if (state.name === 'failed') this.failed.add(clientMessageId);
      }
    }
  }
}
