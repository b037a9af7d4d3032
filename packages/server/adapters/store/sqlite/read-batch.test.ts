import { expect, test } from 'vitest';
import { message } from '../testing/message.ts';
import type { Call, Handlers, ReadCalls } from './calls.ts';
import { openSqliteStore } from './index.ts';
import { answerReads } from './read-batch.ts';
import { temporaryDirectory } from './testing/directory.ts';

const BODY_BYTES = 1000;
const MUCH = Number.MAX_SAFE_INTEGER;

/** Reads of one body each, and what the clock says after every look at it. */
function answerTen(budget: { bytesMax: number; durationMaxMs: number }, stepMs: number) {
  const handlers = {
    entries: () => ({ count: 1, texts: [], numbers: new Float64Array(0), bytes: new Uint8Array(BODY_BYTES) }),
  } satisfies Partial<Handlers<ReadCalls>>;
  const request = { conversationId: 'c', afterSeq: 0, beforeSeq: 9, limit: 1, bytesMax: 1, from: 'oldest' } as const;
  const calls = Array.from({ length: 10 }, (): Call<ReadCalls> => ({ op: 'entries', request }));
  let nowMs = 0;
  const clock = () => {
    nowMs += stepMs;
    return nowMs;
  };
  return answerReads(handlers as unknown as Handlers<ReadCalls>, calls, budget, clock);
}

test('[P8] a batch of reads ends at its budget of bytes or time, and answers one call at least', () => {
  expect(answerTen({ bytesMax: MUCH, durationMaxMs: MUCH }, 0)).toHaveLength(10);
  expect(answerTen({ bytesMax: 3 * BODY_BYTES, durationMaxMs: MUCH }, 0)).toHaveLength(3);
  expect(answerTen({ bytesMax: MUCH, durationMaxMs: 40 }, 10)).toHaveLength(4);
  expect(answerTen({ bytesMax: 1, durationMaxMs: 0 }, 1)).toHaveLength(1);
});

test('[P8] more reads at once than one batch takes, each large, are all answered in full', async () => {
  await using directory = await temporaryDirectory();
  const store = await openSqliteStore({ directory: directory.path });
  const sent = Array.from({ length: 20 }, (_, at) => message(`m${at}`, { body: new Uint8Array(65_536).fill(at) }));
  await Promise.all(sent.map((request) => store.log.append(request)));
  const { conversationId } = message('');
  const window = { conversationId, afterSeq: 0, beforeSeq: MUCH, limit: 20, bytesMax: MUCH, from: 'oldest' } as const;
  const pages = await Promise.all(Array.from({ length: 80 }, () => store.log.read(window)));
  const expected = sent.map((_, at) => [at + 1, at, 65_536]);
  for (const page of pages) expect(page.map(({ seq, body }) => [seq, body[0], body.length])).toEqual(expected);
  await store.close();
});
