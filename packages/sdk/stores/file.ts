import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationId, DeviceId, Entry } from '@hongyan/protocol';
import type { EngineBatch, HeldRecord, OutboxRecord } from '../engine/types.ts';
import type { Person } from '../types.ts';
import { lockFolder } from './folder-lock.ts';
import { HeldAccount } from './held-account.ts';
import { JournalFile } from './journal-file.ts';
import { isOutboxOnly, isReplaced, type Leaving, requireSession } from './ownership.ts';
import type { ClientStore, EntriesQuery, SessionRecord, Snapshot } from './store.ts';

type Line =
  | { type: 'batch'; batch: EngineBatch }
  | { type: 'session'; session: SessionRecord }
  | { type: 'people'; people: readonly Person[] }
  | { type: 'records'; records: readonly HeldRecord[] };

const FILE = 'account.jsonl';
/** Lines of an older program have none. */
const ABSENT = { records: [], erased: [] };
const NOTHING: EngineBatch = {
  entries: [],
  erased: [],
  conversations: [],
  outboxPut: [],
  outboxRemove: [],
  records: [],
  userSeq: 0,
};

/**
 * What a Node program keeps of one account: a journal in a folder. The whole account is held in memory too; meant for
 * command lines and bots. A second program that opens the folder is refused with SdkError `store-in-use` (folder-lock.ts).
 */
export class FileStore implements ClientStore {
  readonly sharedAs = undefined;
  #account = new HeldAccount();
  readonly #journal: Promise<JournalFile<Line>>;
  #unlock = async () => {};
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#journal = this.#open(folder);
    this.#journal.catch(() => {});
  }

  async load(): Promise<Snapshot | undefined> {
    await this.#journal;
    return this.#account.snapshot();
  }

  async session(): Promise<SessionRecord | undefined> {
    await this.#journal;
    return this.#account.session;
  }

  async begin(session: SessionRecord): Promise<OutboxRecord[]> {
    await this.#next((journal) => this.#replace(journal, this.#account.begun(session)));
    return this.#account.outbox();
  }

  saveSession(session: SessionRecord): Promise<void> {
    return this.#append({ type: 'session', session }, () => this.#require(session.me.deviceId));
  }

  savePeople(deviceId: DeviceId, people: readonly Person[]): Promise<void> {
    return this.#append({ type: 'people', people }, () => this.#require(deviceId));
  }

  apply(deviceId: DeviceId, batch: EngineBatch): Promise<void> {
    const check = () => isOutboxOnly(batch) || this.#require(deviceId);
    if (batch.erased.length === 0) return this.#append({ type: 'batch', batch }, check);
    return this.#next(async (journal) => {
      check();
      await journal.append({ type: 'batch', batch });
      this.#account.apply(batch);
      // The lines that stand in the journal say what was to be erased.
      await journal.replace(this.#lines());
    });
  }

  async outbox(): Promise<OutboxRecord[]> {
    await this.#journal;
    return this.#account.outbox();
  }

  async entries(query: EntriesQuery): Promise<Entry[]> {
    await this.#journal;
    return this.#account.entries(query);
  }

  async changes(of: { conversationId: ConversationId }, entries: readonly Entry[]): Promise<Entry[]> {
    await this.#journal;
    return this.#account.changes(of, entries);
  }

  end(deviceId: DeviceId, leaving: Leaving): Promise<void> {
    return this.#next(async (journal) => {
      if (!isReplaced(this.#account.session, deviceId)) await this.#replace(journal, this.#account.ended(leaving));
    });
  }

  async close(): Promise<void> {
    await this.#lastWrite;
    const journal = await this.#journal.catch(() => undefined);
    await journal?.close();
    await this.#unlock();
  }

  async #open(folder: string): Promise<JournalFile<Line>> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.#unlock = await lockFolder(folder);
    return JournalFile.open<Line>(join(folder, FILE), (lines) => {
      for (const line of lines) this.#take(line);
      // Only what is known now is written again, so that the journal is bounded by what is kept, and has nothing that was erased.
      return this.#lines();
    });
  }

  /** What a journal says that leads to what is held. */
  #lines(): Line[] {
    const snapshot = this.#account.snapshot();
    const outbox: Line = { type: 'batch', batch: { ...NOTHING, outboxPut: this.#account.outbox() } };
    if (!snapshot) return [outbox];
    const { session, conversations, records, people, userSeq } = snapshot;
    const logs = conversations.map((record): Line => {
      const entries = this.#account.all(record.conversationId);
      return { type: 'batch', batch: { ...NOTHING, conversations: [record], entries } };
    });
    const rest: Line[] = [
      { type: 'batch', batch: { ...NOTHING, userSeq } },
      { type: 'records', records },
      { type: 'people', people },
    ];
    return [{ type: 'session', session }, outbox, ...logs, ...rest];
  }

  #take(line: Line): void {
    switch (line.type) {
      case 'session':
        this.#account.session = line.session;
        return;
      case 'batch':
        this.#account.apply({ ...ABSENT, ...line.batch });
        return;
      case 'people':
        this.#account.savePeople(line.people);
        return;
      case 'records':
        this.#account.keepRecords(line.records);
    }
  }

  #require(deviceId: DeviceId): void {
    requireSession(this.#account.session, deviceId);
  }

  /** `check` throws when the line is not to be written. */
  #append(line: Line, check: () => void): Promise<void> {
    return this.#next(async (journal) => {
      check();
      await journal.append(line);
      this.#take(line);
    });
  }

  async #replace(journal: JournalFile<Line>, account: HeldAccount): Promise<void> {
    const { session } = account;
    const outbox: Line = { type: 'batch', batch: { ...NOTHING, outboxPut: account.outbox() } };
    await journal.replace(session ? [{ type: 'session', session }, outbox] : [outbox]);
    this.#account = account;
  }

  /** One after the other. */
  #next(work: (journal: JournalFile<Line>) => Promise<void>): Promise<void> {
    const done = this.#lastWrite.then(async () => work(await this.#journal));
    this.#lastWrite = done.catch(() => {});
    return done;
  }
}
