import type { AppendRequest, FindQuery, FoundRun, SearchFilter, Store } from '@hongyan/core/ports';
import { ContentKind, EntryKind, encodeContent, encodeText } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import {
  ann,
  annBen,
  annCho,
  appendAll,
  ben,
  changing,
  cho,
  crowd,
  facts,
  founding,
  header,
  joining,
  leaving,
  message,
} from './store-fixtures.ts';

const say = (id: string, text: string, fields: Partial<AppendRequest> = {}) =>
  message(id, { body: encodeText(text), ...fields });
const edit = (id: string, targetSeq: number, text: string, fields: Partial<AppendRequest> = {}) =>
  say(id, text, { kind: EntryKind.EDIT, header: header({ targetSeq }), ...fields });
const recall = (id: string, targetSeq: number, fields: Partial<AppendRequest> = {}) =>
  message(id, { kind: EntryKind.RECALL, header: header({ targetSeq }), body: new Uint8Array(0), ...fields });

const TOP = Number.MAX_SAFE_INTEGER;
const anything: SearchFilter = { text: '', senderIds: [], kinds: [], fromMs: 0, toMs: TOP };

/** What `core/ports/search.ts` guarantees. */
export function searchContract(store: () => Store): void {
  async function indexAll(limit = 100): Promise<number> {
    let passed = 0;
    for (let count = -1; count !== 0; passed += count) count = await store().search.index(limit);
    return passed;
  }
  const find = (filter: Partial<SearchFilter>, fields: Partial<FindQuery> = {}): Promise<FoundRun[]> =>
    store().search.find({
      viewerId: ann,
      filter: { ...anything, ...filter },
      ranges: [{ conversationId: annBen, beforeSeq: TOP }],
      hitsMax: 100,
      ...fields,
    });
  /** The places of all that is found, whatever steps that takes. */
  async function found(filter: Partial<SearchFilter>, { viewerId = ann, conversationId = annBen, hitsMax = 2 } = {}) {
    const seqs: number[] = [];
    for (let beforeSeq = TOP; beforeSeq > 0; ) {
      const [run] = await find(filter, { viewerId, ranges: [{ conversationId, beforeSeq }], hitsMax });
      if (run === undefined) throw new Error('a range without an answer');
      expect(run.beforeSeq).toBeLessThan(beforeSeq);
      seqs.push(...run.hits.map(({ seq }) => seq));
      beforeSeq = run.beforeSeq;
    }
    return seqs;
  }
  const inCrowd = { conversationId: crowd };

  describe('searching', () => {
    test('[SRC-5, P8] goes on through long messages in steps, and finds those that fit behind those that do not', async () => {
      const long = ' filling'.repeat(7_000);
      const texts = Array.from({ length: 8 }, (_, at) => (at % 4 === 0 ? `red goose ${long}` : `goose red ${long}`));
      await appendAll(
        store(),
        texts.map((text, at) => say(`long${at}`, text)),
      );
      await indexAll();
      expect(await found({ text: '"red goose"' })).toEqual([5, 1]);
    });

    test('[SRC-1] [C8] messages are found by words, by two Chinese characters, and by one', async () => {
      const texts = [
        '明天下午在北京大学开会',
        'The meeting is in Beijing',
        '我买了ﾗｰﾒﾝ和iPhone15',
        '回头见 👍🎉',
        '北 京',
      ];
      await appendAll(
        store(),
        texts.map((text, at) => say(`m${at}`, text)),
      );
      await indexAll();
      expect(await found({ text: '北京' })).toEqual([1]);
      expect(await found({ text: '大学 会' })).toEqual([1]);
      expect(await found({ text: '北' })).toEqual([5, 1]);
      expect(await found({ text: '京' })).toEqual([5, 1]);
      expect(await found({ text: 'MEETING beij' })).toEqual([2]);
      expect(await found({ text: '"meet"' })).toEqual([]);
      expect(await found({ text: 'ラーメン' })).toEqual([3]);
      expect(await found({ text: 'iphone' })).toEqual([3]);
      expect(await found({ text: '🎉' })).toEqual([4]);
      expect(await found({ text: '上海' })).toEqual([]);
      expect(await found({ text: '?!' })).toEqual([]);
      expect(await found({})).toEqual([]);
    });

    test('[SRC-1] a hit is the entry as the log has it', async () => {
      const mentioning = header({ mentionedIds: [ben] });
      await appendAll(store(), [say('m1', 'goose'), say('m2', 'a goose', { header: mentioning })]);
      await indexAll();
      const [run] = await find({ text: 'goose' });
      const logged = await store().log.read({
        conversationId: annBen,
        afterSeq: 0,
        beforeSeq: TOP,
        limit: 9,
        bytesMax: TOP,
        from: 'newest',
      });
      expect(run?.hits).toEqual(logged.toReversed());
    });

    test('[SRC-1] [C8] messages are found by person, kind and time', async () => {
      const contact = encodeContent({ kind: { case: 'contact', value: { userId: cho } }, replyToSeq: 0 });
      const dayMs = 86_400_000;
      const startMs = 19_000 * dayMs;
      await appendAll(store(), [
        say('m1', 'one', { serverTimeMs: startMs }),
        say('m2', 'two https://a.example', { serverTimeMs: startMs + 1, senderId: ben }),
        message('m3', { body: contact, serverTimeMs: startMs + dayMs }),
        say('m4', 'four', { serverTimeMs: startMs + 100 * dayMs, senderId: ben }),
        say('m5', 'five', { serverTimeMs: startMs + 5_000 * dayMs }),
      ]);
      await indexAll();
      const texts = { kinds: [ContentKind.TEXT] };
      expect(await found({ senderIds: [ben] })).toEqual([4, 2]);
      expect(await found({ senderIds: [ben, ann, cho] })).toEqual([5, 4, 3, 2, 1]);
      expect(await found({ senderIds: [cho] })).toEqual([]);
      expect(await found({ kinds: [ContentKind.LINK] })).toEqual([2]);
      expect(await found({ kinds: [ContentKind.CONTACT, ContentKind.LINK] })).toEqual([3, 2]);
      expect(await found({ ...texts, senderIds: [ann], text: 'o' })).toEqual([1]);
      expect(await found({ ...texts, fromMs: startMs + 1 })).toEqual([5, 4, 2]);
      expect(await found({ ...texts, toMs: startMs + 1 })).toEqual([1]);
      expect(await found({ ...texts, fromMs: startMs + 1, toMs: startMs + 2 })).toEqual([2]);
      expect(await found({ ...texts, fromMs: startMs, toMs: startMs + 101 * dayMs })).toEqual([4, 2, 1]);
      expect(await found({ ...texts, fromMs: startMs, toMs: startMs + 5_001 * dayMs })).toEqual([5, 4, 2, 1]);
      expect(await found({ ...texts, fromMs: 2, toMs: 1 })).toEqual([]);
    });

    test('[SRC-1] what is no message is not found', async () => {
      const reacting = { kind: EntryKind.REACTION, header: header({ targetSeq: 1 }) };
      await appendAll(store(), [say('m1', 'goose'), edit('e2', 9, 'goose'), say('r3', 'goose', reacting)]);
      await appendAll(store(), [
        message('m4', { body: new Uint8Array(0) }),
        message('m5', { body: Uint8Array.of(255) }),
      ]);
      await indexAll();
      expect(await found({ text: 'goose' })).toEqual([1]);
      expect(await found({ senderIds: [ann] })).toEqual([5, 1]);
    });

    test('[SRC-1] ranges are answered in their order, each from its place downwards', async () => {
      const other = { conversationId: annCho, members: [ann, cho] };
      await appendAll(store(), [say('m1', 'goose'), say('m2', 'duck'), say('m3', 'goose'), say('m4', 'goose')]);
      await appendAll(store(), [say('c1', 'goose', other), say('c2', 'goose', other)]);
      await indexAll();
      const ranges = [
        { conversationId: annCho, beforeSeq: 2 },
        { conversationId: annBen, beforeSeq: 4 },
        { conversationId: annBen, beforeSeq: 1 },
        { conversationId: crowd, beforeSeq: TOP },
      ];
      const runs = await find({ text: 'goose' }, { ranges });
      expect(runs.map(({ hits }) => hits.map(({ conversationId, seq }) => [conversationId, seq]))).toEqual([
        [[annCho, 1]],
        [
          [annBen, 3],
          [annBen, 1],
        ],
        [],
        [],
      ]);
      expect(runs.map(({ beforeSeq }) => beforeSeq)).toEqual([0, 0, 0, 0]);
      const [first] = await find({ text: 'goose' }, { hitsMax: 1 });
      expect(first).toMatchObject({ hits: [{ seq: 4 }], beforeSeq: 4 });
    });
  });

  describe('the index', () => {
    test('[SRC-2] takes in everything that waits, in steps, and again after reopening has nothing to do', async () => {
      const count = 23;
      const ids = Array.from({ length: count }, (_, at) => `m${at}`);
      await Promise.all(ids.map((id) => store().log.append(say(id, `goose ${id}`))));
      await appendAll(store(), [say('c1', 'goose', { conversationId: annCho, members: [ann, cho] })]);
      expect(await store().search.index(5)).toBeLessThanOrEqual(5);
      await indexAll(5);
      expect(await found({ text: 'goose' })).toEqual(ids.map((_, at) => count - at));
      expect(await found({ text: 'goose' }, { conversationId: annCho })).toEqual([1]);
      expect(await store().search.index(5)).toBe(0);
      await store().log.append(say('later', 'goose'));
      await indexAll();
      expect(await found({ text: 'later' })).toEqual([]);
      expect((await found({ text: 'goose' }))[0]).toBe(count + 1);
    });

    test('[SRC-2] several at work at once lose and double nothing', async () => {
      const ids = Array.from({ length: 40 }, (_, at) => `m${at}`);
      const other = { conversationId: annCho, members: [ann, cho] };
      const writing = Promise.all(
        ids.map((id, at) => store().log.append(say(id, `goose ${at}`, at % 2 === 0 ? {} : other))),
      );
      await Promise.all([writing, ...ids.map(() => store().search.index(3))]);
      await indexAll(3);
      expect(await found({ text: 'goose' })).toHaveLength(20);
      expect(await found({ text: 'goose' }, { conversationId: annCho })).toHaveLength(20);
    });

    test('[SRC-1] a long conversation is searched from its end to its beginning', async () => {
      const count = 4_200;
      const ids = Array.from({ length: count }, (_, at) => `m${at}`);
      await Promise.all(ids.map((id, at) => store().log.append(say(id, at % 1_000 === 7 ? '稀有的词' : `常见 ${at}`))));
      await indexAll(500);
      expect(await found({ text: '稀有' })).toEqual([4008, 3008, 2008, 1008, 8]);
      const common = await found({ text: '常见' }, { hitsMax: 100 });
      expect(common).toHaveLength(count - 5);
      expect(common).toEqual(common.toSorted((a, b) => b - a));
    });
  });

  describe('what changes and what goes', () => {
    test('[SRC-3] an edit is found by its new text only, whether it was indexed before or not', async () => {
      await appendAll(store(), [say('m1', 'old 旧的'), say('m2', 'old 旧的')]);
      await appendAll(store(), [edit('e3', 1, 'new 新的')]);
      await indexAll();
      expect(await found({ text: 'old' })).toEqual([2]);
      expect(await found({ text: '新的' })).toEqual([1]);
      await appendAll(store(), [edit('e4', 2, 'newer 更新'), edit('e5', 1, 'newest 最新')]);
      expect(await found({ text: 'old' })).toEqual([]);
      expect(await found({ text: '"new"' })).toEqual([]);
      await indexAll();
      expect(await found({ text: '旧的' })).toEqual([]);
      expect(await found({ text: '更新' })).toEqual([2]);
      expect(await found({ text: 'newest' })).toEqual([1]);
      expect(await found({ text: 'new' })).toEqual([2, 1]);
    });

    test('[SRC-3] what was recalled is not found from then on, whether it was indexed before or not', async () => {
      await appendAll(store(), [say('m1', 'goose'), say('m2', 'goose'), say('m3', 'goose'), recall('r4', 1)]);
      await indexAll();
      expect(await found({ text: 'goose' })).toEqual([3, 2]);
      await appendAll(store(), [edit('e5', 2, 'golden goose'), recall('r6', 2)]);
      expect(await found({ text: 'goose' })).toEqual([3]);
      await indexAll();
      await appendAll(store(), [edit('e7', 2, 'goose again')]);
      await indexAll();
      expect(await found({ text: 'goose' })).toEqual([3]);
      expect(await found({ senderIds: [ann] })).toEqual([3]);
    });

    test('[SRC-3] what came, was edited and went in one batch is not found', async () => {
      await store().log.append(say('m1', 'first'));
      await indexAll();
      const batch = [say('m2', 'goose'), edit('e3', 2, 'gander'), edit('e4', 1, 'gander'), recall('r5', 2)];
      await Promise.all(batch.map((entry) => store().log.append(entry)));
      expect(await found({ text: 'goose' })).toEqual([]);
      await indexAll();
      expect(await found({ text: 'gander' })).toEqual([1]);
    });

    test('[SRC-3] what has lived its time is not found from then on', async () => {
      const short = { header: header({ lifetimeMs: 1_000 }), serverTimeMs: 0 };
      await appendAll(store(), [say('m1', 'goose', short), say('m2', 'goose')]);
      await indexAll();
      await appendAll(store(), [say('m3', 'goose', short)]);
      expect(await store().log.expire({ nowMs: 1_000, limit: 9 })).toBe(2);
      expect(await found({ text: 'goose' })).toEqual([2]);
      await indexAll();
      expect(await found({ text: 'goose' })).toEqual([2]);
    });
  });

  describe('who finds what', () => {
    test('[SRC-4] a stranger finds nothing, and has nothing to look in', async () => {
      await appendAll(store(), [say('m1', 'goose')]);
      await indexAll();
      expect(await found({ text: 'goose' }, { viewerId: ben })).toEqual([1]);
      expect(await found({ text: 'goose' }, { viewerId: cho })).toEqual([]);
      expect(await found({ senderIds: [ann] }, { viewerId: cho })).toEqual([]);
      expect(await store().search.scopes(cho, 9)).toEqual([]);
    });

    test('[SRC-4] a membership covers what is found, from its first entry to its last', async () => {
      const secret = (id: string) => say(id, `goose ${id}`, inCrowd);
      await appendAll(store(), [founding([ann]), secret('s2'), changing('c3', 0, joining(ben)), secret('s4')]);
      await appendAll(store(), [changing('c5', 3, leaving(ben, facts({ seq: 3 }), { fromSeq: 3 })), secret('s6')]);
      await indexAll();
      expect(await found({ text: 'goose' }, inCrowd)).toEqual([6, 4, 2]);
      expect(await found({ text: 'goose' }, { viewerId: ben, ...inCrowd })).toEqual([4]);
      expect(await found({ senderIds: [ann] }, { viewerId: ben, ...inCrowd })).toEqual([4]);
    });

    test('[SRC-4] who was a member does not find a message by what it was made later', async () => {
      await appendAll(store(), [
        founding([ann]),
        changing('c2', 0, joining(ben)),
        say('m3', 'goose stays', inCrowd),
        changing('c4', 2, leaving(ben, facts({ seq: 2 }), { fromSeq: 2 })),
      ]);
      await indexAll();
      await appendAll(store(), [edit('e5', 3, 'secret stays', inCrowd)]);
      await indexAll();
      expect(await found({ text: 'secret' }, inCrowd)).toEqual([3]);
      expect(await found({ text: 'secret' }, { viewerId: ben, ...inCrowd })).toEqual([]);
      expect(await found({ text: 'stays' }, { viewerId: ben, ...inCrowd })).toEqual([3]);
    });

    test('[SRC-4] what an account may look in is what it is and was a member of, the most recently active first', async () => {
      await appendAll(store(), [
        founding([ann], { serverTimeMs: 1_000 }),
        changing('c2', 0, joining(ben)),
        { ...changing('c3', 2, leaving(ben, facts({ seq: 2 }), { fromSeq: 2 })), serverTimeMs: 3_000 },
        say('m4', 'goose', { ...inCrowd, serverTimeMs: 4_000 }),
        say('m1', 'goose', { serverTimeMs: 5_000 }),
        say('c1', 'goose', { conversationId: annCho, members: [ann, cho], serverTimeMs: 2_000 }),
      ]);
      const direct = { conversationId: annBen, lastSeq: 1, lastTimeMs: 5_000 };
      const group = { conversationId: crowd, lastTimeMs: 4_000 };
      const other = { conversationId: annCho, lastSeq: 1, lastTimeMs: 2_000 };
      expect(await store().search.scopes(ann, 9)).toEqual([direct, { ...group, lastSeq: 4 }, other]);
      expect(await store().search.scopes(ben, 9)).toEqual([direct, { ...group, lastSeq: 3 }]);
      expect(await store().search.scopes(ann, 1)).toEqual([direct]);
      expect(await store().search.scopes(ann, 0)).toEqual([]);
    });
  });
}
