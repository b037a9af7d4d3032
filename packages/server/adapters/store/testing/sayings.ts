import { writeSync } from 'node:fs';
import type { Store } from '@hongyan/core/ports';
import { encodeText } from '@hongyan/protocol';
import { message } from './message.ts';

const SPEAKERS = 8;
const conversationIds = ['s0', 's1', 's2'];
const speaker = 'ann';

/** Appends messages and indexes them at the same time until it is killed, and prints each message as it is acknowledged. */
export async function sayForever(store: Store): Promise<void> {
  const speaking = Array.from({ length: SPEAKERS }, async (_, at) => {
    for (let count = 0; ; count++) {
      const word = `w${at}x${count}`;
      const conversationId = conversationIds[at % conversationIds.length] ?? '';
      writeSync(1, `${await say(store, conversationId, word)}\n`);
    }
  });
  const indexing = async () => {
    for (;;) await store.search.index(20);
  };
  await Promise.all([...speaking, indexing()]);
}

/** Appends a message with this word, and answers a line about it. */
export async function say(store: Store, conversationId: string, word: string): Promise<string> {
  const fields = { conversationId, members: [speaker], senderId: speaker, body: encodeText(`大雁 ${word}`) };
  const { seq } = await store.log.append(message(word, fields));
  return `${conversationId} ${seq} ${word}`;
}

/** The same for many words. */
export const sayAll = (store: Store, count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => say(store, conversationIds[at % 2] ?? '', `word${at}`)));

/** Which of the lines about messages are not found by their word, once everything is indexed. */
export async function sayingsNotFound(store: Store, lines: readonly string[]): Promise<string[]> {
  while ((await store.search.index(1_000)) > 0);
  const missing: string[] = [];
  for (const line of lines) {
    const [conversationId = '', seq, word] = line.split(' ');
    const [run] = await store.search.find({
      viewerId: speaker,
      filter: { text: `"${word}"`, senderIds: [], kinds: [], fromMs: 0, toMs: Number.MAX_SAFE_INTEGER },
      ranges: [{ conversationId, beforeSeq: Number.MAX_SAFE_INTEGER }],
      hitsMax: 9,
    });
    if (run?.hits.map((hit) => hit.seq).join() !== seq) missing.push(line);
  }
  return missing;
}
