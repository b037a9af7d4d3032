import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceId, Entry } from '@hongyan/protocol';
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
const NO_RECORDS = { records: [] };
const NOTHING: EngineBatch = {
  entries: [],
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
    return this.#append({ type: 'batch', batch }, () => isOutboxOnly(batch) || this.#require(deviceId));
  }

  async outbox(): Promise<OutboxRecord[]> {
    await this.#journal;
    return this.#account.outbox();
  }

  async entries(query: EntriesQuery): Promise<Entry[]> {
    await this.#journal;
    return this.#account.entries(query);
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
      // Of people and account records only what is known now is written again, so that the journal is bounded by how many are kept.
      const kept = lines.filter(({ type }) => type !== 'people').map(withoutRecords);
      const records: Line = { type: 'records', records: this.#account.records() };
      return [...kept, records, { type: 'people', people: this.#account.people() }];
    });
  }

  #take(line: Line): void {
    switch (line.type) {
      case 'session':
        this.#account.session = line.session;
        return;
      case 'batch':
        this.#account.apply({ ...NO_RECORDS, ...line.batch });
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

const withoutRecords = (line: Line): Line =>
  line.type === 'batch' ? { ...line, batch: { ...line.batch, ...NO_RECORDS } } : line;
