import type { AppendRequest, ChangeQuery, Store } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { ann, annBen, annCho, appendAll, ben, cho, header, message, whole } from './store-fixtures.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (body: Uint8Array) => new TextDecoder().decode(body);
const about = (targetSeq: number) => header({ targetSeq });

const edit = (id: string, targetSeq: number, fields: Partial<AppendRequest> = {}) =>
  message(id, { kind: EntryKind.EDIT, header: about(targetSeq), ...fields });
const recall = (id: string, targetSeq: number, fields: Partial<AppendRequest> = {}) =>
  message(id, { kind: EntryKind.RECALL, header: about(targetSeq), body: new Uint8Array(0), ...fields });
const reaction = (id: string, targetSeq: number, fields: Partial<AppendRequest> = {}) =>
  message(id, { kind: EntryKind.REACTION, header: about(targetSeq), ...fields });

const everything: ChangeQuery = {
  conversationId: annBen,
  fromTargetSeq: 1,
  toTargetSeq: Number.MAX_SAFE_INTEGER,
  afterSeq: 0,
  standing: true,
  limit: 100,
};

export function changeContract(store: () => Store): void {
  const bodies = async () =>
    (await store().log.read({ conversationId: annBen, ...whole })).map(({ body }) => text(body));
  const headers = async () =>
    (await store().log.read({ conversationId: annBen, ...whole })).map((entry) => entry.header);
  const changed = async (query: Partial<ChangeQuery> = {}) =>
    (await store().log.changes({ ...everything, ...query })).map(({ seq }) => seq);

  describe('headers', () => {
    test('[LOG-3] are read back as they were appended, also those that say nothing', async () => {
      const full = { targetSeq: 1, mentionedIds: [cho, ben], mentionsAll: true, lifetimeMs: 9e15, livesFromRead: true };
      const given = [undefined, full, header({}), header({ mentionedIds: [ben] })];
      await appendAll(
        store(),
        given.map((each, at) => message(`m${at}`, { header: each })),
      );
      expect(await headers()).toEqual(given);
    });
  });

  describe('changes of messages', () => {
    test('[C3] come ascending, each as it was appended, and the later edit stands for the one before', async () => {
      await appendAll(store(), [message('m1'), message('m2'), edit('e3', 1), edit('e4', 2), edit('e5', 1)]);
      expect(await changed()).toEqual([4, 5]);
      expect(await changed({ standing: false })).toEqual([3, 4, 5]);
      const [first] = await store().log.changes({ ...everything, standing: false });
      const [asRead] = await store().log.read({ conversationId: annBen, ...whole, afterSeq: 2, limit: 1 });
      expect(first).toEqual(asRead);
      expect(first).toMatchObject({ seq: 3, kind: EntryKind.EDIT, senderId: ann, header: about(1) });
      expect(await bodies()).toEqual(['m1', 'm2', 'e3', 'e4', 'e5']);
    });

    test('[C3] a reaction stands for that of the same sender only', async () => {
      await appendAll(store(), [
        message('m1'),
        reaction('r2', 1),
        reaction('r3', 1, { senderId: ben }),
        edit('e4', 1),
        reaction('r5', 1),
        recall('r6', 1),
      ]);
      expect(await changed()).toEqual([3, 4, 5, 6]);
    });

    test('[C3] what comes in one batch supersedes as what comes one by one', async () => {
      const entries = [
        message('m1'),
        edit('e2', 1),
        edit('e3', 1),
        reaction('r4', 1),
        reaction('r5', 1),
        edit('e6', 1),
      ];
      await Promise.all(entries.map((entry) => store().log.append(entry)));
      expect(await changed()).toEqual([5, 6]);
    });

    const windows: [string, Partial<ChangeQuery>, number[]][] = [
      ['of a range of messages', { fromTargetSeq: 2, toTargetSeq: 3 }, [5, 6]],
      ['after a place', { afterSeq: 5 }, [6, 7]],
      ['up to a limit', { limit: 2 }, [4, 5]],
      ['none with limit 0', { limit: 0 }, []],
      ['none of crossed bounds', { fromTargetSeq: 3, toTargetSeq: 2 }, []],
      ['none of another conversation', { conversationId: annCho }, []],
    ];
    test.each(windows)('[C3] %s', async (_name, query, seqs) => {
      const messages = ['m1', 'm2', 'm3'].map((id) => message(id));
      await appendAll(store(), [...messages, reaction('r4', 1), reaction('r5', 2), edit('e6', 3), recall('r7', 1)]);
      expect(await changed(query)).toEqual(seqs);
    });

    test('[P9] an entry that changes no message is none of them, whatever its header says', async () => {
      await appendAll(store(), [message('m1'), message('m2', { header: about(1) }), edit('e3', 0)]);
      await store().log.append(message('e4', { kind: EntryKind.EDIT }));
      expect(await changed({ fromTargetSeq: 0 })).toEqual([]);
    });
  });

  describe('erasure', () => {
    test('[C4] a recall takes the message and its edits, and nothing else', async () => {
      const mentioning = header({ targetSeq: 1, mentionedIds: [ben] });
      await appendAll(store(), [
        message('m1', { header: header({ mentionedIds: [ben] }) }),
        message('m2'),
        edit('e3', 1, { header: mentioning }),
        edit('e4', 2),
        reaction('r5', 1, { senderId: ben }),
        recall('r6', 1),
      ]);
      expect(await bodies()).toEqual(['', 'm2', '', 'e4', 'r5', '']);
      expect(await headers()).toEqual([undefined, undefined, about(1), about(2), about(1), about(1)]);
      expect(await changed({ standing: false })).toEqual([3, 4, 5, 6]);
    });

    test('[C4] an edit that comes behind the recall is erased with its message', async () => {
      await appendAll(store(), [message('m1'), recall('r2', 1)]);
      const late = edit('e3', 1, { header: header({ targetSeq: 1, mentionedIds: [ben] }) });
      expect(await store().log.append(late)).toMatchObject({ seq: 3, duplicate: false });
      expect(await bodies()).toEqual(['', '', '']);
      expect((await headers())[2]).toEqual(about(1));
    });

    test('[C4] in one batch as one by one', async () => {
      const entries = [message('m1'), edit('e2', 1), recall('r3', 1), edit('e4', 1), message('m5'), edit('e6', 5)];
      await Promise.all(entries.map((entry) => store().log.append(entry)));
      expect(await bodies()).toEqual(['', '', '', '', 'm5', 'e6']);
    });

    test('[C4] a recall of what is no message, or not there, erases nothing', async () => {
      await appendAll(store(), [message('m1'), edit('e2', 1), recall('r3', 2), recall('r4', 99)]);
      await store().log.append(message('m5', { conversationId: annCho, members: [ann, cho] }));
      await store().log.append(recall('r6', 1, { conversationId: annCho }));
      expect(await bodies()).toEqual(['m1', 'e2', '', '']);
    });

    test('[LOG-2] a repetition of the message stays erased, one of the recall does nothing', async () => {
      await appendAll(store(), [message('m1'), recall('r2', 1)]);
      expect(await store().log.append(message('m1'))).toMatchObject({ seq: 1, duplicate: true });
      expect(await store().log.append(recall('r2', 1))).toMatchObject({ seq: 2, duplicate: true });
      expect(await bodies()).toEqual(['', '']);
    });

    test('[RCP-5] what was erased, and what is no message, is not unread', async () => {
      await appendAll(store(), [message('m1'), message('m2'), reaction('r3', 1), edit('e4', 1), recall('r5', 2)]);
      const query = { conversationId: annBen, userId: ben, afterSeq: 0, throughSeq: 99, max: 99, scanMax: 99 };
      expect(await store().log.countOthers(query)).toBe(1);
      expect(await store().log.countOthers({ ...query, userId: ann })).toBe(0);
    });
  });

  describe('lifetimes', () => {
    const timed = (id: string, serverTimeMs: number, lifetimeMs: number, fields: Partial<AppendRequest> = {}) =>
      message(id, { serverTimeMs, header: header({ lifetimeMs }), ...fields });
    const unread = (id: string, lifetimeMs: number, fields: Partial<AppendRequest> = {}) =>
      message(id, { header: header({ lifetimeMs, livesFromRead: true }), ...fields });
    const expire = (nowMs: number, limit = 100) => store().log.expire({ nowMs, limit });
    const read = (userId: string, readSeq: number, timeMs: number) =>
      store().cursors.advance({
        cursors: [{ conversationId: annBen, userId, deliveredSeq: readSeq, readSeq }],
        positions: [],
        timeMs,
      });

    test('[C5] a message is erased once its time is over, with its edits and its header, once', async () => {
      await appendAll(store(), [timed('m1', 1_000, 50), message('m2'), timed('m3', 1_000, 51), edit('e4', 1)]);
      expect(await expire(1_049)).toBe(0);
      expect(await expire(1_050)).toBe(1);
      expect(await expire(1_050)).toBe(0);
      expect(await bodies()).toEqual(['', 'm2', 'm3', '']);
      expect((await headers())[0]).toBeUndefined();
      expect(await expire(9_999)).toBe(1);
      expect(await bodies()).toEqual(['', 'm2', '', '']);
    });

    test('[P8] at most so many at once, the longest overdue first, in all conversations', async () => {
      const elsewhere = { conversationId: annCho, members: [ann, cho] };
      await appendAll(store(), [timed('m1', 1_000, 300), timed('m2', 1_000, 100), timed('m3', 1_000, 200, elsewhere)]);
      expect(await expire(2_000, 0)).toBe(0);
      expect(await expire(2_000, 1)).toBe(1);
      expect(await bodies()).toEqual(['m1', '']);
      expect(await expire(2_000, 1)).toBe(1);
      expect(await bodies()).toEqual(['m1', '']);
      expect(await expire(2_000, 5)).toBe(1);
      expect(await bodies()).toEqual(['', '']);
    });

    test('[C5] sweeps at once erase each message, and count each once', async () => {
      await appendAll(
        store(),
        Array.from({ length: 20 }, (_, at) => timed(`m${at}`, 1_000 + at, 50)),
      );
      const counts = await Promise.all([expire(9_999), expire(9_999), expire(9_999)]);
      expect(counts.reduce((sum, count) => sum + count)).toBe(20);
      expect(new Set(await bodies())).toEqual(new Set(['']));
    });

    test('[C5] a lifetime that counts from reading does so from when somebody else has read the message', async () => {
      await appendAll(store(), [unread('m1', 50), unread('m2', 50), unread('m3', 50, { senderId: ben })]);
      expect(await expire(Number.MAX_SAFE_INTEGER)).toBe(0);
      await read(ann, 2, 1_000);
      expect(await expire(Number.MAX_SAFE_INTEGER)).toBe(0);
      await read(ben, 1, 2_000);
      await read(ben, 3, 3_000);
      expect(await expire(2_049)).toBe(0);
      expect(await expire(2_050)).toBe(1);
      expect(await bodies()).toEqual(['', 'm2', 'm3']);
      expect(await expire(3_050)).toBe(1);
      await read(ann, 3, 4_000);
      expect(await expire(4_050)).toBe(1);
    });

    test('[C5] it begins once: who reads later, or moves on, does not put it off', async () => {
      await appendAll(store(), [unread('m1', 50), message('m2')]);
      await read(ben, 1, 1_000);
      await read(cho, 1, 2_000);
      await read(ben, 2, 3_000);
      expect(await expire(1_050)).toBe(1);
    });

    test('[C5] who has it but has not read it does not begin it', async () => {
      await store().log.append(unread('m1', 50));
      const delivered = { conversationId: annBen, userId: ben, deliveredSeq: 1, readSeq: 0 };
      await store().cursors.advance({ cursors: [delivered], positions: [], timeMs: 1_000 });
      expect(await expire(Number.MAX_SAFE_INTEGER)).toBe(0);
    });

    test('[C4] what was recalled before is not erased again', async () => {
      await appendAll(store(), [timed('m1', 1_000, 50), recall('r2', 1)]);
      expect(await expire(9_999)).toBe(0);
      await Promise.all([timed('m3', 1_000, 50), recall('r4', 3)].map((entry) => store().log.append(entry)));
      expect(await expire(9_999)).toBe(0);
    });

    test('[P9] other entries have no lifetime, nor have empty messages', async () => {
      await appendAll(store(), [message('m1'), edit('e2', 1, { header: header({ targetSeq: 1, lifetimeMs: 1 }) })]);
      await store().log.append(timed('m3', 1_000, 50, { body: bytes('') }));
      expect(await expire(Number.MAX_SAFE_INTEGER)).toBe(0);
    });
  });

  describe('countMentions', () => {
    const count = (userId: string, query: Partial<{ afterSeq: number; throughSeq: number; max: number }> = {}) =>
      store().log.countMentions({ conversationId: annBen, userId, afterSeq: 0, throughSeq: 99, max: 99, ...query });
    const mentioning = (id: string, mentionedIds: string[], fields: Partial<AppendRequest> = {}) =>
      message(id, { header: header({ mentionedIds }), ...fields });
    const all = (id: string, fields: Partial<AppendRequest> = {}) =>
      message(id, { header: header({ mentionsAll: true, mentionedIds: [ben] }), ...fields });

    test('[D2] counts messages that mention the account or all, each once, and never its own', async () => {
      await appendAll(store(), [
        mentioning('m1', [ben, ben, ann]),
        message('m2'),
        mentioning('m3', [cho]),
        all('m4'),
        all('m5', { senderId: ben }),
      ]);
      expect(await count(ben)).toBe(2);
      expect(await count(cho)).toBe(3);
      expect(await count(ann)).toBe(1);
    });

    test('[D2] within a range, up to a maximum', async () => {
      await appendAll(store(), [all('m1'), mentioning('m2', [ben]), all('m3'), mentioning('m4', [ben])]);
      expect(await count(ben)).toBe(4);
      expect(await count(ben, { afterSeq: 1, throughSeq: 3 })).toBe(2);
      expect(await count(ben, { max: 3 })).toBe(3);
      expect(await count(ben, { max: 0 })).toBe(0);
      expect(await count(ben, { afterSeq: 3, throughSeq: 2 })).toBe(0);
      const elsewhere = { conversationId: annCho, userId: ben, afterSeq: 0, throughSeq: 99, max: 99 };
      expect(await store().log.countMentions(elsewhere)).toBe(0);
    });

    test('[D2] an edit says anew whom its message mentions, the last one of them', async () => {
      const editing = (id: string, mentionedIds: string[]) =>
        edit(id, 1, { header: header({ targetSeq: 1, mentionedIds }) });
      await appendAll(store(), [mentioning('m1', [ben]), editing('e2', [cho])]);
      expect([await count(ben), await count(cho)]).toEqual([0, 1]);
      await store().log.append(edit('e3', 1, { header: header({ targetSeq: 1, mentionsAll: true }) }));
      expect([await count(ann), await count(ben), await count(cho)]).toEqual([0, 1, 1]);
      await Promise.all([editing('e4', [cho]), editing('e5', [ben])].map((entry) => store().log.append(entry)));
      expect([await count(ben), await count(cho)]).toEqual([1, 0]);
      expect(await count(ben, { afterSeq: 1 })).toBe(0);
    });

    test('[D2] in one batch as one by one', async () => {
      const entries = [
        mentioning('m1', [ben]),
        edit('e2', 1, { header: header({ targetSeq: 1, mentionedIds: [cho] }) }),
        mentioning('m3', [cho]),
        recall('r4', 3),
      ];
      await Promise.all(entries.map((entry) => store().log.append(entry)));
      expect([await count(ben), await count(cho)]).toEqual([0, 1]);
    });

    test('[C4] [C5] who is mentioned by what is erased is not mentioned any more', async () => {
      await appendAll(store(), [all('m1'), mentioning('m2', [ben]), recall('r3', 1)]);
      expect(await count(ben)).toBe(1);
      const header2 = header({ mentionedIds: [ben], lifetimeMs: 5 });
      await appendAll(store(), [message('m4', { header: header2, serverTimeMs: 1_000 }), recall('r5', 2)]);
      expect(await count(ben)).toBe(1);
      await store().log.expire({ nowMs: 1_005, limit: 9 });
      expect(await count(ben)).toBe(0);
    });

    test('[P9] what is no message mentions nobody, nor does an empty one', async () => {
      await appendAll(store(), [
        mentioning('m1', [ben], { body: bytes('') }),
        mentioning('m2', [ben], { kind: EntryKind.CONVERSATION_CHANGED }),
        mentioning('m3', ['']),
        reaction('r4', 3, { header: header({ targetSeq: 3, mentionedIds: [ben] }) }),
        edit('e5', 2, { header: header({ targetSeq: 2, mentionedIds: [ben] }) }),
        edit('e6', 1, { header: header({ targetSeq: 1, mentionedIds: [ben] }) }),
      ]);
      expect(await count(ben)).toBe(0);
    });
  });
}
