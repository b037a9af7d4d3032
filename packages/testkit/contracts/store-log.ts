import { plainMember, RECEIPT_MEMBERS_MAX } from '@hongyan/core';
import type { EntryQuery, OthersQuery, Store } from '@hongyan/core/ports';
import { EntryKind, Role } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { ann, annBen, annCho, annSelf, appendAll, ben, cho, message, whole } from './store-fixtures.ts';

export function logContract(store: () => Store): void {
  describe('append', () => {
    test('[LOG-3] concurrent appends to two conversations each get contiguous seqs from 1', async () => {
      const asked = Array.from({ length: 200 }, (_, at) =>
        at % 2 === 0 ? message(`m${at}`) : message(`m${at}`, { conversationId: annCho, members: [ann, cho] }),
      );
      const answers = await Promise.all(asked.map((request) => store().log.append(request)));
      for (const conversationId of [annBen, annCho]) {
        const seqs = answers.filter((answer) => answer.conversationId === conversationId).map(({ seq }) => seq);
        expect(seqs.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
        const entries = await store().log.read({ conversationId, ...whole });
        expect(entries.map(({ seq }) => seq)).toEqual(seqs);
      }
    });

    test('[LOG-3] an entry is read back as it was appended', async () => {
      const pooled = Buffer.from('你好 🐦');
      await appendAll(store(), [
        message('ключ', { body: pooled, clientTimeMs: 0, serverTimeMs: 9_007_199_254_740_991 }),
        message('empty', { body: new Uint8Array(0), senderId: ben }),
        message('large', { body: new Uint8Array(65_536).fill(7) }),
      ]);
      const entries = await store().log.read({ conversationId: annBen, ...whole });
      const plain = entries.map((entry) => ({ ...entry, body: [...entry.body] }));
      const common = { conversationId: annBen, kind: EntryKind.MESSAGE };
      const times = { clientTimeMs: 1_700_000_000_000, serverTimeMs: 1_700_000_000_500 };
      expect(plain).toEqual([
        {
          ...common,
          seq: 1,
          senderId: ann,
          clientMessageId: 'ключ',
          clientTimeMs: 0,
          serverTimeMs: 9_007_199_254_740_991,
          body: [...pooled],
        },
        { ...common, ...times, seq: 2, senderId: ben, clientMessageId: 'empty', body: [] },
        { ...common, ...times, seq: 3, senderId: ann, clientMessageId: 'large', body: Array(65_536).fill(7) },
      ]);
    });

    test('[LOG-2] a repeated client message id writes nothing and gets the first answer, whatever else it says', async () => {
      const first = await store().log.append(message('m1'));
      const again = await store().log.append(
        message('m1', { conversationId: annCho, members: [ann, cho], serverTimeMs: 1, body: new Uint8Array([1]) }),
      );
      expect(again).toEqual({ ...first, duplicate: true, joined: [] });
      expect(await store().log.head(annCho)).toBeUndefined();
      expect(await store().userLog.lastSeq(cho)).toBe(0);
      expect((await store().log.append(message('m2'))).seq).toBe(2);
    });

    test('[LOG-2] the same request twice at once makes one entry', async () => {
      const answers = await Promise.all([
        store().log.append(message('m0')),
        store().log.append(message('m1')),
        store().log.append(message('m1')),
        store().log.append(message('m2')),
      ]);
      expect(answers.map(({ seq }) => seq).sort()).toEqual([1, 2, 2, 3]);
      expect(answers.filter(({ duplicate }) => duplicate)).toHaveLength(1);
      expect((await store().log.head(annBen))?.lastSeq).toBe(3);
    });

    test('[LOG-2] the same client message id of another sender is another message', async () => {
      await store().log.append(message('m1'));
      expect(await store().log.append(message('m1', { senderId: ben }))).toMatchObject({ seq: 2, duplicate: false });
    });

    test('[SYN-5] the first entry, and only it, joins each member and continues their user logs', async () => {
      const toBen = await store().log.append(message('m1'));
      const toCho = await store().log.append(message('m2', { conversationId: annCho, members: [ann, cho] }));
      const event = (seq: number, conversationId: string) => ({
        seq,
        timeMs: 1_700_000_000_500,
        event: { case: 'conversationJoined', value: { conversationId } },
      });
      const joined = (answer: typeof toBen) => new Map(answer.joined.map(({ userId, event }) => [userId, event]));
      expect(joined(toBen)).toEqual(new Map([[ann, event(1, annBen)], [ben, event(1, annBen)]])); // biome-ignore format: a table
      expect(joined(toCho)).toEqual(new Map([[ann, event(2, annCho)], [cho, event(1, annCho)]])); // biome-ignore format: a table
      expect((await store().log.append(message('m3'))).joined).toEqual([]);
      const log = await store().userLog.read({ userId: ann, afterSeq: 0, limit: 10 });
      expect(log).toEqual([event(1, annBen), event(2, annCho)]);
    });

    test('[SYN-5] conversations created at once leave no hole in a user log', async () => {
      const others = Array.from({ length: 30 }, (_, at) => `u${String(at).padStart(16, '0')}`);
      await Promise.all(
        others.map((other) =>
          store().log.append(message(other, { conversationId: `direct.${other}.${ann}`, members: [other, ann] })),
        ),
      );
      const log = await store().userLog.read({ userId: ann, afterSeq: 0, limit: 100 });
      expect(log.map(({ seq }) => seq)).toEqual(others.map((_, at) => at + 1));
      expect(await store().log.heads(ann, 100)).toHaveLength(30);
    });
  });

  describe('read', () => {
    const windows: [string, Omit<EntryQuery, 'conversationId'>, number[]][] = [
      ['the oldest after a position', { ...whole, afterSeq: 2, limit: 3 }, [3, 4, 5]],
      ['the newest below a bound', { ...whole, beforeSeq: 8, limit: 3, from: 'newest' }, [5, 6, 7]],
      ['the newest of all', { ...whole, limit: 2, from: 'newest' }, [9, 10]],
      ['the oldest inside both bounds', { ...whole, afterSeq: 4, beforeSeq: 7 }, [5, 6]],
      ['the newest inside both bounds', { ...whole, afterSeq: 4, beforeSeq: 7, from: 'newest' }, [5, 6]],
      ['nothing between neighbours', { ...whole, afterSeq: 4, beforeSeq: 5 }, []],
      ['nothing between crossed bounds', { ...whole, afterSeq: 7, beforeSeq: 3, from: 'newest' }, []],
      ['nothing after the end', { ...whole, afterSeq: 10 }, []],
      ['nothing far beyond the end', { ...whole, afterSeq: 5000, from: 'newest' }, []],
      ['nothing with limit 0', { ...whole, limit: 0 }, []],
    ];
    test.each(windows)('[LOG-6] answers %s, ascending', async (_name, query, seqs) => {
      await appendAll(
        store(),
        Array.from({ length: 10 }, (_, at) => message(`m${at}`)),
      );
      const entries = await store().log.read({ conversationId: annBen, ...query });
      expect(entries.map(({ seq }) => seq)).toEqual(seqs);
    });

    const pages: [string, Partial<EntryQuery>, number[]][] = [
      ['the oldest that fit', { bytesMax: 30 }, [1, 2, 3]],
      ['the newest that fit', { bytesMax: 30, from: 'newest' }, [8, 9, 10]],
      ['no more than fit', { bytesMax: 29 }, [1, 2]],
      ['no more than the limit', { bytesMax: 99, limit: 2 }, [1, 2]],
      ['one that is larger than allowed', { bytesMax: 9, afterSeq: 4 }, [5]],
      ['the newest one that is larger than allowed', { bytesMax: 0, from: 'newest' }, [10]],
      ['nothing where nothing is', { bytesMax: 0, afterSeq: 10 }, []],
    ];
    test.each(pages)('[LOG-6] a page bounded in bytes has %s', async (_name, query, seqs) => {
      await appendAll(
        store(),
        Array.from({ length: 10 }, (_, at) => message(`m${at}`, { body: new Uint8Array(10) })),
      );
      const entries = await store().log.read({ conversationId: annBen, ...whole, ...query });
      expect(entries.map(({ seq }) => seq)).toEqual(seqs);
    });

    test('[LOG-6] an unknown conversation has no entries and no head', async () => {
      expect(await store().log.read({ conversationId: annSelf, ...whole })).toEqual([]);
      expect(await store().log.head(annSelf)).toBeUndefined();
    });
  });

  describe('heads', () => {
    test('[SYN-1] come most recently active first, each with all members and how far they are, up to the limit', async () => {
      await appendAll(store(), [
        message('m1', { serverTimeMs: 1000 }),
        message('m2', { conversationId: annCho, members: [ann, cho], serverTimeMs: 2000 }),
        message('m3', { conversationId: annSelf, members: [ann], serverTimeMs: 3000 }),
        message('m4', { serverTimeMs: 4000 }),
      ]);
      const cursor = { conversationId: annBen, userId: ben, deliveredSeq: 2, readSeq: 1 };
      await store().cursors.advance({ cursors: [cursor], positions: [], timeMs: 5000 });
      const zeros = (userId: string) => ({ ...plainMember(userId), deliveredSeq: 0, readSeq: 0 });
      const [first, ...rest] = await store().log.heads(ann, 10);
      expect(first).toEqual({
        conversationId: annBen,
        lastSeq: 2,
        memberCount: 2,
        facts: undefined,
        members: [zeros(ann), { ...zeros(ben), deliveredSeq: 2, readSeq: 1 }],
      });
      expect(rest).toEqual([
        { conversationId: annSelf, lastSeq: 1, memberCount: 1, facts: undefined, members: [zeros(ann)] },
        { conversationId: annCho, lastSeq: 1, memberCount: 2, facts: undefined, members: [zeros(ann), zeros(cho)] },
      ]);
      expect(await store().log.head(annBen)).toEqual(first);
      expect((await store().log.heads(ann, 2)).map((head) => head.conversationId)).toEqual([annBen, annSelf]);
      expect((await store().log.heads(ben, 10)).map((head) => head.conversationId)).toEqual([annBen]);
    });

    test('[RCP-8] of a conversation of more than 500 the account itself is listed only', async () => {
      const crowd = Array.from({ length: RECEIPT_MEMBERS_MAX }, (_, index) => `u${String(index).padStart(16, '0')}`);
      const conversationId = `group.g${'1'.repeat(16)}`;
      await store().log.append(message('m1', { conversationId, members: [ann, ...crowd] }));
      const cursors = [ann, ...crowd.slice(0, 3)].map((userId) => ({ userId, deliveredSeq: 1, readSeq: 1 }));
      const rows = cursors.map((cursor) => ({ conversationId, ...cursor }));
      await store().cursors.advance({ cursors: rows, positions: [], timeMs: 1 });
      const memberCount = RECEIPT_MEMBERS_MAX + 1;
      const own = { ...plainMember(ann), role: Role.OWNER, deliveredSeq: 1, readSeq: 1 };
      const expected = { conversationId, lastSeq: 1, memberCount, facts: undefined, members: [own] };
      expect(await store().log.heads(ann, 10)).toEqual([expected]);
      expect((await store().log.head(conversationId))?.members).toHaveLength(memberCount);
    });
  });

  describe('countOthers', () => {
    const query = { conversationId: annBen, userId: ann, afterSeq: 0, throughSeq: 99, max: 99, scanMax: 99 };
    const counts: [string, Partial<OthersQuery>, number][] = [
      ['others in the whole log', {}, 3],
      ['those after a position', { afterSeq: 2 }, 2],
      ['those up to a position, which it includes', { throughSeq: 3 }, 2],
      ['those between two positions', { afterSeq: 2, throughSeq: 4 }, 1],
      ['up to max', { max: 2 }, 2],
      ['the newest scanMax only', { scanMax: 3 }, 2],
      ['the newest scanMax below the end of the range', { scanMax: 2, throughSeq: 4 }, 1],
      ['nothing after the end', { afterSeq: 5 }, 0],
      ['nothing between crossed positions', { afterSeq: 4, throughSeq: 2 }, 0],
      ['nothing with max 0', { max: 0 }, 0],
      ['nothing with scanMax 0', { scanMax: 0 }, 0],
      ['nothing in a conversation without entries', { conversationId: annCho }, 0],
    ];
    test.each(counts)('[RCP-5] counts %s', async (_name, changed, count) => {
      const senders = [ann, ben, ben, ann, ben];
      await appendAll(
        store(),
        senders.map((senderId, at) => message(`m${at}`, { senderId })),
      );
      expect(await store().log.countOthers({ ...query, ...changed })).toBe(count);
    });
  });
}
