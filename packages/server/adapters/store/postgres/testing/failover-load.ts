import { type Store, StoreError } from '@hongyan/core/ports';
import type { Entry } from '@hongyan/protocol';
import { expect } from 'vitest';
import { message, whole } from '../../testing/message.ts';

const SENDERS = 12;
const CONVERSATIONS = ['c0', 'c1', 'c2'];
const KEYS = ['setting/a', 'setting/b'];
const ACCOUNT = 'ann';

interface Acknowledged {
  conversationId: string;
  clientMessageId: string;
  seq: number;
}

/**
 * Appends, cursors and records by several nodes, which ask again until they are answered, as clients do; and a reader that
 * follows each log. Knows all that was acknowledged and read, and compares it with what is kept.
 */
export class FailoverLoad {
  readonly #stores: readonly Store[];
  readonly #appended: Acknowledged[] = [];
  readonly #read = new Map<string, Entry[]>(CONVERSATIONS.map((id) => [id, []]));
  readonly #cursors = new Map<string, number>();
  readonly #records = new Map<string, number>();
  readonly #wanted: { count: number; reached: () => void }[] = [];
  readonly #running: Promise<unknown>;
  #stopped = false;
  #lastMs = performance.now();
  /** Between two acknowledged appends. */
  longestPauseMs = 0;

  constructor(stores: readonly Store[]) {
    this.#stores = stores;
    this.#running = Promise.all([
      ...Array.from({ length: SENDERS }, (_, sender) => this.#appendOn(sender)),
      ...KEYS.map((key, at) => this.#changeOn(key, at)),
      ...CONVERSATIONS.flatMap((id, at) => [this.#advanceOn(id, at), this.#readOn(id, at)]),
    ]);
    // Whoever stops the load hears of it.
    this.#running.catch(() => {});
  }

  /** Resolves when so many more appends are acknowledged. */
  acknowledged(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wanted.push({ count: this.#appended.length + count, reached: resolve });
    return Promise.race([promise, this.#running.then(() => {})]);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  /** Everything that was acknowledged or read is there, where it was, and nothing is there twice. */
  async expectKept(store: Store): Promise<void> {
    for (const conversationId of CONVERSATIONS) {
      const entries = await store.log.read(whole(conversationId));
      expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, at) => at + 1));
      const ids = entries.map(({ clientMessageId }) => clientMessageId);
      expect(new Set(ids).size).toBe(ids.length);
      const mine = this.#appended.filter((one) => one.conversationId === conversationId);
      expect(mine.filter(({ seq, clientMessageId }) => ids[seq - 1] !== clientMessageId)).toEqual([]);
      // Every sender asked again until it was answered, so nothing is there that nobody was told of.
      expect(ids).toHaveLength(mine.length);
      const read = this.#read.get(conversationId) ?? [];
      expect(read).toEqual(entries.slice(0, read.length));
      const head = await store.log.head(conversationId);
      expect(head?.members.find(({ userId }) => userId === ACCOUNT)?.deliveredSeq).toBeGreaterThanOrEqual(
        this.#cursors.get(conversationId) ?? 0,
      );
    }
    await this.#expectRecords(store);
    await this.#expectSameAnswers(store);
  }

  async #expectRecords(store: Store): Promise<void> {
    const all = { userId: ACCOUNT, afterSeq: 0, limit: 1_000_000, bytesMax: Number.MAX_SAFE_INTEGER };
    const records = await store.records.changedSince(all);
    expect(records.map(({ record }) => [record.key, record.changedAtMs]).sort()).toEqual([...this.#records].sort());
    const events = await store.userLog.read(all);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, at) => at + 1));
  }

  async #expectSameAnswers(store: Store): Promise<void> {
    const answers = await Promise.all(
      this.#appended.map(({ conversationId, clientMessageId }) =>
        store.log.append(message(clientMessageId, { conversationId, members: [ACCOUNT] })),
      ),
    );
    expect(answers.filter(({ duplicate, seq }, at) => !duplicate || seq !== this.#appended[at]?.seq)).toEqual([]);
  }

  async #appendOn(sender: number): Promise<void> {
    const conversationId = CONVERSATIONS[sender % CONVERSATIONS.length] ?? '';
    for (let count = 0; !this.#stopped; count++) {
      const clientMessageId = `${sender}-${count}`;
      const request = message(clientMessageId, { conversationId, members: [ACCOUNT] });
      const { seq } = await this.#insist(sender, (store) => store.log.append(request));
      this.#acknowledge({ conversationId, clientMessageId, seq });
    }
  }

  #acknowledge(one: Acknowledged): void {
    this.#appended.push(one);
    const nowMs = performance.now();
    this.longestPauseMs = Math.max(this.longestPauseMs, Math.round(nowMs - this.#lastMs));
    this.#lastMs = nowMs;
    for (const { count, reached } of this.#wanted) if (this.#appended.length >= count) reached();
  }

  async #changeOn(key: string, node: number): Promise<void> {
    for (let changedAtMs = 1; !this.#stopped; changedAtMs++) {
      const value = new TextEncoder().encode(String(changedAtMs));
      await this.#insist(node, (store) => store.records.set({ userId: ACCOUNT, key, value, changedAtMs, timeMs: 1 }));
      this.#records.set(key, changedAtMs);
    }
  }

  async #advanceOn(conversationId: string, node: number): Promise<void> {
    for (let seq = 1; !this.#stopped; seq++) {
      const cursors = [{ conversationId, userId: ACCOUNT, deliveredSeq: seq, readSeq: seq }];
      await this.#insist(node, (store) => store.cursors.advance({ cursors, positions: [], timeMs: 1 }));
      this.#cursors.set(conversationId, seq);
    }
  }

  async #readOn(conversationId: string, node: number): Promise<void> {
    const held = this.#read.get(conversationId) ?? [];
    while (!this.#stopped) {
      const query = { ...whole(conversationId), afterSeq: held.length, limit: 100 };
      held.push(...(await this.#insist(node, (store) => store.log.read(query))));
    }
  }

  /** Asks by turns of the nodes until one answers. Nothing but `unavailable` may come instead. */
  async #insist<Answer>(node: number, ask: (store: Store) => Promise<Answer>): Promise<Answer> {
    for (let turn = node; ; turn++) {
      const store = this.#stores[turn % this.#stores.length];
      if (store === undefined) throw new RangeError('at least one store is needed');
      try {
        return await ask(store);
      } catch (error) {
        if (!(error instanceof StoreError && error.kind === 'unavailable')) throw error;
      }
    }
  }
}
