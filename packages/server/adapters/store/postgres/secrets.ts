import { StoreError } from '@hongyan/core/ports';
import type { AccountWork } from './lanes/account-work.ts';
import type { Lane } from './lanes/lane.ts';
import { bytes } from './wire/columns.ts';
import { call, type Statement } from './wire/statement.ts';

/** Waits for whoever is writing the same name. */
export const keepSecret: Statement = {
  name: 'keep_secret',
  text: 'INSERT INTO secrets (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING',
};

export const findSecret: Statement = {
  name: 'find_secret',
  text: 'SELECT value FROM secrets WHERE name = $1',
};

/** Keeps the first secret of a name, whichever node proposed it. */
export async function keep(
  lane: Lane<AccountWork, undefined>,
  name: string,
  proposed: Uint8Array,
): Promise<Uint8Array> {
  let kept: Uint8Array | undefined;
  await lane.ask(async (connection) => {
    const [, [found] = []] = await connection.run([
      call(keepSecret, name, Buffer.from(proposed)),
      call(findSecret, name),
    ]);
    if (found !== undefined) kept = bytes(found, 0);
  }, proposed.length);
  if (kept === undefined) throw new StoreError('unavailable', 'no-answer');
  return kept;
}
