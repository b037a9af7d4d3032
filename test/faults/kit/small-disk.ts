import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const FILLER = 'filler';
const FILL_CHUNK_BYTES = 64 * 1024;

/** A file system of its own in memory, as large as it is told to be: a disk that can be filled. Linux, as root. */
export class SmallDisk {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async mount(megabytes: number): Promise<SmallDisk> {
    const directory = await mkdtemp(join(tmpdir(), 'hongyan-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', directory]);
    } catch (cause) {
      await rm(directory, { recursive: true, force: true });
      throw new Error('no disk of its own for this test: mounting needs root (CAP_SYS_ADMIN)', { cause });
    }
    return new SmallDisk(directory);
  }

  /** Writes until not a byte more goes onto it. */
  async fill(): Promise<void> {
    const filler = await open(join(this.directory, FILLER), 'w');
    try {
      for (let bytes = FILL_CHUNK_BYTES; bytes >= 1; ) {
        const wrote = await filler.write(Buffer.alloc(bytes)).catch(tooFull);
        if (wrote === undefined) bytes = Math.floor(bytes / 2);
      }
    } finally {
      await filler.close();
    }
  }

  async makeRoom(): Promise<void> {
    await unlink(join(this.directory, FILLER));
  }

  async unmount(): Promise<void> {
    await run('umount', [this.directory]);
    await rm(this.directory, { recursive: true, force: true });
  }
}

function tooFull(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOSPC') throw error;
  return undefined;
}

/** Bounds the size of any file that a process writes; undefined takes the bound away. Linux. */
export async function limitFileSize(pid: number, bytes: number | undefined): Promise<void> {
  await run('prlimit', [`--pid=${pid}`, `--fsize=${bytes ?? 'unlimited'}:unlimited`]);
}
