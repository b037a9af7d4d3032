import type { Store } from '@hongyan/core/ports';
import { message } from './message.ts';

const CREATED_AT_ONCE_MAX = 500;
const body = new Uint8Array(100).fill(120);
const pad = (at: number) => String(at).padStart(16, '0');

export interface AppendLoadRun {
  /** The first ones of the load's. */
  conversationCount: number;
  /** How many appends are asked for and not answered yet. */
  underWay: number;
}

/** What a store is measured with: messages of 100 bytes, appended to random ones of many direct conversations. */
export class AppendLoad {
  readonly #conversations: readonly { conversationId: string; members: readonly [string, string] }[];
  readonly #durationMs: number;
  #messageCount = 0;

  /** Each run takes `durationMs`. */
  constructor(conversationCount: number, durationMs: number) {
    this.#conversations = Array.from({ length: conversationCount }, (_, at) => {
      const members = [`u${pad(2 * at)}`, `u${pad(2 * at + 1)}`] as const;
      return { conversationId: `direct.${members.join('.')}`, members };
    });
    this.#durationMs = durationMs;
  }

  /** Makes every conversation exist, so that no run has to. */
  async prepare(store: Store): Promise<void> {
    for (let from = 0; from < this.#conversations.length; from += CREATED_AT_ONCE_MAX) {
      const some = this.#conversations.slice(from, from + CREATED_AT_ONCE_MAX);
      await Promise.all(some.map((_, at) => this.#append(store, from + at)));
    }
  }

  /** Keeps appends under way for the duration, spread over the stores. Gives a row of figures for `console.table`. */
  async run(stores: readonly Store[], { conversationCount, underWay }: AppendLoadRun) {
    const countBefore = this.#messageCount;
    const mainBefore = process.threadCpuUsage();
    const processBefore = process.cpuUsage();
    const startedAtMs = performance.now();
    const latenciesMs: number[] = [];
    const appendOn = async (_: unknown, worker: number) => {
      const store = stores[worker % stores.length];
      while (store !== undefined && performance.now() - startedAtMs < this.#durationMs) {
        const askedAtMs = performance.now();
        await this.#append(store, Math.floor(Math.random() * conversationCount));
        latenciesMs.push(performance.now() - askedAtMs);
      }
    };
    await Promise.all(Array.from({ length: underWay }, appendOn));
    const elapsedMs = performance.now() - startedAtMs;
    const main = process.threadCpuUsage(mainBefore);
    const all = process.cpuUsage(processBefore);
    const count = this.#messageCount - countBefore;
    latenciesMs.sort((a, b) => a - b);
    const latency = (share: number) => (latenciesMs[Math.floor(latenciesMs.length * share)] ?? 0).toFixed(1);
    return {
      'under way': underWay,
      'appends/s': Math.round((count / elapsedMs) * 1000),
      'main thread µs/append': ((main.user + main.system) / count).toFixed(1),
      'process µs/append': ((all.user + all.system) / count).toFixed(1),
      'p50 ms': latency(0.5),
      'p99 ms': latency(0.99),
      'max ms': (latenciesMs.at(-1) ?? 0).toFixed(1),
    };
  }

  async #append(store: Store, at: number): Promise<void> {
    const conversation = this.#conversations[at];
    if (conversation === undefined) throw new RangeError('there is no such conversation');
    const now = Date.now();
    const clientMessageId = `${now.toString(36)}-${this.#messageCount}`;
    const senderId = conversation.members[this.#messageCount % 2 === 0 ? 0 : 1];
    this.#messageCount += 1;
    const fields = { ...conversation, senderId, clientTimeMs: now, serverTimeMs: now, body };
    await store.log.append(message(clientMessageId, fields));
  }
}
