import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EntryKind } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { message } from '../testing/message.ts';
import { openSqliteStore } from './index.ts';
import { temporaryDirectory } from './testing/directory.ts';

const nothing = { mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false };
/** So long that it has pages of its own, beside those of the table. */
const secrets = [1, 1_000].map((times) => ({ times, text: 'a word that is to go. '.repeat(times) }));
const SEARCHED = 'word that is to go';

async function filesWithIt(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  const held = await Promise.all(names.map(async (name) => (await readFile(join(directory, name))).includes(SEARCHED)));
  return names.filter((_, at) => held[at]);
}

test.each(secrets)(
  '[MSG-2, C5] of a recalled message nothing is left in the file, $times times the word',
  async ({ text }) => {
    await using directory = await temporaryDirectory();
    const first = await openSqliteStore({ directory: directory.path });
    const body = Buffer.from(text);
    const { seq } = await first.log.append(message('m1', { body }));
    const header = { ...nothing, targetSeq: seq };
    await first.log.append(message('e1', { kind: EntryKind.EDIT, header, body: Buffer.from(`${text}!`) }));
    await first.close();
    expect(await filesWithIt(directory.path)).toEqual(['hongyan.db']);

    const second = await openSqliteStore({ directory: directory.path });
    await second.log.append(message('r1', { kind: EntryKind.RECALL, header, body: new Uint8Array() }));
    await second.close();
    expect(await filesWithIt(directory.path)).toEqual([]);
  },
);
