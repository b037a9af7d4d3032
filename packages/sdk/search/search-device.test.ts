import { ConversationKind, type Entry, EntryKind, encodeText } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { Engine } from '../engine/engine.ts';
import type { ConversationRecord } from '../engine/types.ts';
import { MemoryStore } from '../stores/memory.ts';
import { SdkError } from '../types.ts';
import { searchMessages } from './search-messages.ts';
import type { SearchPage, SearchPlace } from './types.ts';

const [anna, ben, cho] = ['u0000000000000000', 'u0000000000000001', 'u0000000000000002'] as const;
const me = { userId: anna, deviceId: 'd0000000000000000', handle: 'anna', displayName: 'Anna', statusLine: '' };
const tokens = { accessToken: '', accessTokenExpiresAtMs: 0, refreshToken: '' };

const textOf = (seq: number) => (seq === 1 ? 'goose' : `line ${seq}`);
const entriesOf = (conversationId: string, count: number, timeMs: (seq: number) => number, text = textOf): Entry[] =>
  Array.from({ length: count }, (_, at) => {
    const times = { clientTimeMs: timeMs(at + 1), serverTimeMs: timeMs(at + 1) };
    const body = encodeText(text(at + 1));
    return {
      ...{ conversationId, seq: at + 1, kind: EntryKind.MESSAGE, senderId: ben, clientMessageId: `m${at}`, body },
      ...times,
    };
  });

const recordOf = (entries: readonly Entry[]): ConversationRecord => ({
  conversationId: entries[0]?.conversationId ?? '',
  kind: ConversationKind.DIRECT,
  generation: 0,
  fromSeq: 1,
  toSeq: entries.length,
  cursors: [],
  lastEntry: entries.at(-1),
  unread: { seqs: [], fromSeq: 1, before: 0 },
});

/** Searching on a device that holds these and reaches nobody. */
async function offline(...logs: Entry[][]) {
  const store = new MemoryStore();
  await store.begin({ me, ...tokens });
  const conversations = logs.map(recordOf);
  const nothing = { erased: [], outboxPut: [], outboxRemove: [], records: [], userSeq: 0 };
  await store.apply(me.deviceId, { ...nothing, entries: logs.flat(), conversations });
  const engine = new Engine({ clientName: 'test' });
  const snapshot = { userSeq: 0, conversations, outbox: [], records: [] };
  engine.handle({ type: 'signedIn', account: me, snapshot }, { nowMs: 0, random: 0 });
  const ask = () => Promise.reject(new SdkError('network', 'nobody is reached'));
  return searchMessages({ engine, store, me: () => anna, ask });
}

const seqs = ({ hits }: SearchPage) => hits.map(({ message }) => message.seq);

test('[SRC-8, P8] one page looks through a bounded part of a long history, and the next one goes on', async () => {
  const search = await offline(entriesOf(`direct.${anna}.${ben}`, 21_000, (seq) => seq));
  const first = await search({ text: 'goose' });
  expect(first).toMatchObject({ hits: [], complete: false });
  expect(first.next).toBeDefined();
  const second = await search({ text: 'goose', after: first.next });
  expect(seqs(second)).toEqual([1]);
  expect(second.next).toBeUndefined();
});

test('[SRC-5, SRC-8] pages over several conversations have each message once, newest first', async () => {
  const goose = (seq: number) => `goose ${seq}`;
  const search = await offline(
    entriesOf(`direct.${anna}.${ben}`, 700, (seq) => 10_000 + 2 * seq, goose),
    entriesOf(`direct.${anna}.${cho}`, 700, (seq) => 10_001 + 2 * seq, goose),
  );
  const times: number[] = [];
  let after: SearchPlace | undefined;
  do {
    const page = await search({ text: 'goose', after });
    times.push(...page.hits.map(({ message }) => message.timeMs));
    after = page.next;
  } while (after !== undefined);
  expect(times).toEqual(Array.from({ length: 1_400 }, (_, at) => 11_401 - at));
});
