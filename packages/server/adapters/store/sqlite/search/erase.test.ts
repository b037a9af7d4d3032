import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EntryKind, encodeText } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { message } from '../../testing/message.ts';
import { openSqliteStore } from '../index.ts';
import { temporaryDirectory } from '../testing/directory.ts';

const header = { targetSeq: 1, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false };

async function filesWith(directory: string, word: string): Promise<string[]> {
  const names = await readdir(directory);
  const held = await Promise.all(names.map(async (name) => (await readFile(join(directory, name))).includes(word)));
  return names.filter((_, at) => held[at]);
}

test('[SRC-3, P7] of a recalled message the index has nothing left in the file', async () => {
  await using directory = await temporaryDirectory();
  const first = await openSqliteStore({ directory: directory.path });
  const others = Array.from({ length: 50 }, (_, at) => message(`m${at}`, { body: encodeText(`about ${at}`) }));
  // Folded, so that it is the index alone that has it so.
  await first.log.append(message('secret', { body: encodeText('The QUETZALCOATLUS') }));
  for (const other of others) await first.log.append(other);
  while ((await first.search.index(100)) > 0);
  await first.close();
  expect(await filesWith(directory.path, 'quetzalcoatlus')).toEqual(['hongyan.db']);

  const second = await openSqliteStore({ directory: directory.path });
  await second.log.append(message('r', { kind: EntryKind.RECALL, header, body: new Uint8Array() }));
  await second.close();
  expect(await filesWith(directory.path, 'quetzalcoatlus')).toEqual([]);
});
