import { type FileHandle, mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Entry } from '@hongyan/protocol';
import type { EngineBatch, HeldRecord, OutboxRecord } from '../engine/types.ts';
import type { Person } from '../types.ts';
import { lockFolder } from './folder-lock.ts';
import { MemoryStore } from './memory.ts';
import type { ClientStore, EntriesQuery, SessionRecord, Snapshot } from './store.ts';

type Line =
  | { type: 'batch'; batch: EngineBatch }
  | { type: 'session'; session: SessionRecord }
  | { type: 'people'; people: readonly Person[] }
  | { type: 'records'; records: readonly HeldRecord[] };

const FILE = 'account.jsonl';
/** Lines of an older program have none. */
const NO_RECORDS = { records: [] };

/**
 * What a Node program keeps of one account: a journal of JSON lines in a folder, each written and synced before it counts.
 * The whole account is held in memory too; meant for command lines and bots. A second program
 * that opens the folder is refused with SdkError `store-in-use` (folder-lock.ts).
 */
export class FileStore implements ClientStore {
  readonly sharedAs = undefined;
  readonly #folder: string;
  readonly #memory = new MemoryStore();
  #handle: Promise<FileHandle>;
  #unlock = async () => {};
  #lastWrite: Promise<void> = Promise.resolve();

  constructor(folder: string) {
    this.#folder = folder;
    this.#handle = this.#open();
    this.#handle.catch(() => {});
  }

  async load(): Promise<Snapshot | undefined> {
    await this.#handle;
    return this.#memory.load();
  }

  async session(): Promise<SessionRecord | undefined> {
    await this.#handle;
    return this.#memory.session();
  }

  saveSession(session: SessionRecord): Promise<void> {
    return this.#write({ type: 'session', session }, () => this.#memory.saveSession(session));
  }

  savePeople(people: readonly Person[]): Promise<void> {
    return this.#write({ type: 'people', people }, () => this.#memory.savePeople(people));
  }

  apply(batch: EngineBatch): Promise<void> {
    return this.#write({ type: 'batch', batch }, () => this.#memory.apply(batch));
  }

  async outbox(): Promise<OutboxRecord[]> {
    await this.#handle;
    return this.#memory.outbox();
  }

  async entries(query: EntriesQuery): Promise<Entry[]> {
    await this.#handle;
    return this.#memory.entries(query);
  }

  clear(): Promise<void> {
    return this.#next(async (handle) => {
      await handle.truncate(0);
      await handle.sync();
      this.#memory.clearNow();
    });
  }

  async close(): Promise<void> {
    await this.#lastWrite;
    const handle = await this.#handle.catch(() => undefined);
    await handle?.close();
    await this.#unlock();
  }

  async #open(): Promise<FileHandle> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    this.#unlock = await lockFolder(this.#folder);
    const path = join(this.#folder, FILE);
    const lines = await this.#readLines(path);
    for (const line of lines) await this.#replay(line);
    // Of people and account records only what is known now is written again, so that the journal is bounded by how many are kept.
    const kept = lines.filter(({ type }) => type !== 'people').map(withoutRecords);
    const records: Line = { type: 'records', records: this.#memory.records() };
    await this.#compact(path, [...kept, records, { type: 'people', people: this.#memory.people() }]);
    return open(path, 'a', 0o600);
  }

  async #replay(line: Line): Promise<void> {
    switch (line.type) {
      case 'session':
        return this.#memory.saveSession(line.session);
      case 'batch':
        return this.#memory.applyNow({ ...NO_RECORDS, ...line.batch });
      case 'people':
        return this.#memory.savePeopleNow(line.people);
      case 'records':
        return this.#memory.keepRecords(line.records);
    }
  }

  /** A last line that the program died in is not there; it was never reported as kept. */
  async #readLines(path: string): Promise<Line[]> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line, reviveBytes));
  }

  /** Writes the lines anew beside the file and swaps them in, so that a torn line never stands before a whole one. */
  async #compact(path: string, lines: readonly Line[]): Promise<void> {
    const fresh = `${path}.new`;
    await unlink(fresh).catch(() => {});
    const handle = await open(fresh, 'w', 0o600);
    try {
      for (const line of lines) await handle.write(encodeLine(line));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(fresh, path);
    const folder = await open(this.#folder, 'r');
    await folder.sync().finally(() => folder.close());
  }

  #write(line: Line, keep: () => Promise<void>): Promise<void> {
    return this.#next(async (handle) => {
      const { size } = await handle.stat();
      try {
        await handle.appendFile(encodeLine(line));
        await handle.datasync();
      } catch (error) {
        await handle.truncate(size);
        throw error;
      }
      await keep();
    });
  }

  /** One after the other. */
  #next(work: (handle: FileHandle) => Promise<void>): Promise<void> {
    const done = this.#lastWrite.then(async () => work(await this.#handle));
    this.#lastWrite = done.catch(() => {});
    return done;
  }
}

const withoutRecords = (line: Line): Line =>
  line.type === 'batch' ? { ...line, batch: { ...line.batch, ...NO_RECORDS } } : line;

const encodeLine = (line: Line) => `${JSON.stringify(line, replaceBytes)}\n`;

function replaceBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}

function reviveBytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('base64' in value)) return value;
  return new Uint8Array(Buffer.from(String(value.base64), 'base64'));
}
