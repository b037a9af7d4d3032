import type { ConversationId, DeviceId, Entry } from '@hongyan/protocol';
import type { ConversationRecord, EngineBatch, HeldRecord, OutboxRecord } from '../engine/types.ts';
import type { Person } from '../types.ts';
import { putBatch, putOutbox } from './indexeddb-batch.ts';
import { LastingDatabase } from './indexeddb-database.ts';
import { loadPeople, putPeople } from './indexeddb-people.ts';
import { requested, transacted, within } from './indexeddb-requests.ts';
import { idb, type StoreName, type Transaction } from './indexeddb-types.ts';
import { isOutboxOnly, isReplaced, type Leaving, outboxFor, outboxLeft, requireSession } from './ownership.ts';
import type { ClientStore, EntriesQuery, SessionRecord, Snapshot } from './store.ts';

const ALL: readonly StoreName[] = ['meta', 'conversations', 'outbox', 'entries', 'records', 'people'];

/** What a browser keeps of one account, in an IndexedDB database of this name. Several tabs may share it. */
export class IndexedDbStore implements ClientStore {
  readonly sharedAs: string;
  readonly #database: LastingDatabase;

  constructor(name = 'hongyan') {
    this.sharedAs = `hongyan store ${name}`;
    this.#database = new LastingDatabase(name);
  }

  async load(): Promise<Snapshot | undefined> {
    const transaction = await this.#database.begin('readonly', ALL);
    const [session, userSeq, conversations, outbox, records, people] = await Promise.all([
      storedSession(transaction),
      requested(transaction.objectStore('meta').get<number>('userSeq')),
      requested(transaction.objectStore('conversations').getAll<ConversationRecord>()),
      storedOutbox(transaction),
      requested(transaction.objectStore('records').getAll<HeldRecord>()),
      loadPeople(transaction),
    ]);
    return session && { session, userSeq: userSeq ?? 0, conversations, outbox, records, people };
  }

  async session(): Promise<SessionRecord | undefined> {
    return storedSession(await this.#database.begin('readonly', ['meta']));
  }

  begin(session: SessionRecord): Promise<OutboxRecord[]> {
    return this.#change(ALL, async (transaction) => {
      const outbox = outboxFor(session.me.userId, await storedOutbox(transaction));
      restart(transaction, outbox);
      transaction.objectStore('meta').put(session, 'session');
      return outbox;
    });
  }

  saveSession(session: SessionRecord): Promise<void> {
    return this.#change(['meta'], async (transaction) => {
      requireSession(await storedSession(transaction), session.me.deviceId);
      transaction.objectStore('meta').put(session, 'session');
    });
  }

  savePeople(deviceId: DeviceId, people: readonly Person[]): Promise<void> {
    return this.#change(['meta', 'people'], async (transaction) => {
      requireSession(await storedSession(transaction), deviceId);
      putPeople(transaction, people);
    });
  }

  async apply(deviceId: DeviceId, batch: EngineBatch): Promise<void> {
    if (isOutboxOnly(batch)) return this.#handOver(batch);
    await this.#change(ALL, async (transaction) => {
      requireSession(await storedSession(transaction), deviceId);
      putBatch(transaction, batch);
    });
  }

  note(outboxPut: readonly OutboxRecord[]): Promise<void> {
    return this.#handOver({ outboxPut, outboxRemove: [] });
  }

  async outbox(): Promise<OutboxRecord[]> {
    return storedOutbox(await this.#database.begin('readonly', ['outbox']));
  }

  async entries({ conversationId, beforeSeq, limit }: EntriesQuery): Promise<Entry[]> {
    const transaction = await this.#database.begin('readonly', ['conversations', 'entries']);
    const conversation = await requested(
      transaction.objectStore('conversations').get<ConversationRecord>(conversationId),
    );
    const end = Math.min(beforeSeq, (conversation?.toSeq ?? 0) + 1);
    const range = idb.IDBKeyRange.bound([conversationId, Math.max(0, end - limit)], [conversationId, end], false, true);
    return requested(transaction.objectStore('entries').getAll<Entry>(range));
  }

  async changes({ conversationId }: { conversationId: ConversationId }, entries: readonly Entry[]): Promise<Entry[]> {
    const [first, last] = [entries[0]?.seq ?? 0, entries.at(-1)?.seq ?? 0];
    // Under 0 stand entries whose header says something else.
    if (first === 0) return [];
    const range = idb.IDBKeyRange.bound([conversationId, first], [conversationId, last]);
    const transaction = await this.#database.begin('readonly', ['entries']);
    return requested(transaction.objectStore('entries').index('target').getAll<Entry>(range));
  }

  end(deviceId: DeviceId, leaving: Leaving): Promise<void> {
    return this.#change(ALL, async (transaction) => {
      const session = await storedSession(transaction);
      if (isReplaced(session, deviceId)) return;
      restart(transaction, outboxLeft(leaving, session, await storedOutbox(transaction)));
    });
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async #change<T>(names: readonly StoreName[], work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const transaction = await this.#database.begin('readwrite', names);
    return within(transaction, () => work(transaction));
  }

  /** OUT-11: reads nothing, so that all of it is with the browser when the task ends, even if the page dies in the next one. */
  async #handOver(changes: Pick<EngineBatch, 'outboxPut' | 'outboxRemove'>): Promise<void> {
    const transaction = await this.#database.begin('readwrite', ['outbox']);
    const done = transacted(transaction);
    putOutbox(transaction, changes);
    transaction.commit?.();
    await done;
  }
}

const storedSession = (transaction: Transaction): Promise<SessionRecord | undefined> =>
  requested(transaction.objectStore('meta').get<SessionRecord>('session'));

const storedOutbox = (transaction: Transaction): Promise<OutboxRecord[]> =>
  requested(transaction.objectStore('outbox').getAll<OutboxRecord>());

function restart(transaction: Transaction, outboxPut: readonly OutboxRecord[]): void {
  for (const name of ALL) transaction.objectStore(name).clear();
  putOutbox(transaction, { outboxPut, outboxRemove: [] });
}
