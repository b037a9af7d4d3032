import { hkdfSync, randomBytes } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

const SECRET_BYTES = 32;
const SECRET_FILE = 'secret.key';

/** What tokens are made with. Whoever has them can speak for every account. */
export interface Keys {
  access: Uint8Array;
  refresh: Uint8Array;
}

/** The keys that follow from one secret; each use has a key of its own. */
export function deriveKeys(secret: Uint8Array): Keys {
  const derive = (use: string) => new Uint8Array(hkdfSync('sha256', secret, '', `hongyan ${use} token`, 32));
  return { access: derive('access'), refresh: derive('refresh') };
}

/** Reads the secret from the data directory; the first start creates it, readable by its owner only. */
export async function loadKeys(directory: string): Promise<Keys> {
  const file = join(directory, SECRET_FILE);
  const secret = (await readSecret(file)) ?? (await createSecret(directory, file));
  if (secret.length !== SECRET_BYTES) {
    throw new Error(
      `${file} must have ${SECRET_BYTES} bytes, not ${secret.length}; without it everybody signs in again`,
    );
  }
  return deriveKeys(secret);
}

async function readSecret(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** A crash leaves the whole secret or none: it is written beside its place, and takes it in one step. */
async function createSecret(directory: string, file: string): Promise<Uint8Array> {
  const secret = randomBytes(SECRET_BYTES);
  const unfinished = `${file}.new`;
  await rm(unfinished, { force: true });
  await using written = await open(unfinished, 'wx', 0o600);
  await written.writeFile(secret);
  await written.sync();
  await rename(unfinished, file);
  await syncDirectory(directory);
  return secret;
}

/** Makes names last; Windows does so by itself and opens no directories. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using opened = await open(directory, 'r');
  await opened.sync();
}
