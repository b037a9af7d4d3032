import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file of JSON lines, which may hold bytes. Each line is written and synced before it counts. */
export class JournalFile<Line> {
  readonly #path: string;
  #handle: FileHandle;

  private constructor(path: string, handle: FileHandle) {
    this.#path = path;
    this.#handle = handle;
  }

  /** Begins with what `keep` makes of the lines that are there. */
  static async open<Line>(path: string, keep: (lines: Line[]) => Line[]): Promise<JournalFile<Line>> {
    return new JournalFile<Line>(path, await written(path, keep(await readLines<Line>(path))));
  }

  async append(line: Line): Promise<void> {
    const { size } = await this.#handle.stat();
    try {
      await this.#handle.appendFile(encodeLine(line));
      await this.#handle.datasync();
    } catch (error) {
      await this.#handle.truncate(size);
      throw error;
    }
  }

  /** All of them or, when it rejects, none. */
  async replace(lines: readonly Line[]): Promise<void> {
    const handle = await written(this.#path, lines);
    const before = this.#handle;
    this.#handle = handle;
    await before.close();
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** A last line that the program died in is not there; it was never reported as kept. */
async function readLines<Line>(path: string): Promise<Line[]> {
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

/** Writes the lines beside the file and swaps them in, so that a torn line never stands before a whole one. */
async function written<Line>(path: string, lines: readonly Line[]): Promise<FileHandle> {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  const handle = await open(fresh, 'a', 0o600);
  try {
    for (const line of lines) await handle.appendFile(encodeLine(line));
    await handle.sync();
    await rename(fresh, path);
    const folder = await open(dirname(path), 'r');
    await folder.sync().finally(() => folder.close());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

const encodeLine = (line: unknown) => `${JSON.stringify(line, replaceBytes)}\n`;

function replaceBytes(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value;
}

function reviveBytes(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('base64' in value)) return value;
  return new Uint8Array(Buffer.from(String(value.base64), 'base64'));
}
