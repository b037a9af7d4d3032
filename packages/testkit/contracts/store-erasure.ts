import type { AppendRequest, Store } from '@hongyan/core/ports';
import { describe, expect, test } from 'vitest';
import { about, bodiesIn, edit, headersIn, reaction, recall } from './store-amending.ts';
import { ann, annBen, annCho, appendAll, ben, cho, header, message } from './store-fixtures.ts';

export function erasureContract(store: () => Store): void {
  const bodies = () => bodiesIn(store());
  const headers = () => headersIn(store());

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
      const range = { conversationId: annBen, fromTargetSeq: 1, toTargetSeq: 9, afterSeq: 0, limit: 9 };
      const changes = await store().log.changes({ ...range, standing: false });
      expect(changes.map(({ seq }) => seq)).toEqual([3, 4, 5, 6]);
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
      await store().log.append(timed('m3', 1_000, 50, { body: new Uint8Array(0) }));
      expect(await expire(Number.MAX_SAFE_INTEGER)).toBe(0);
    });
  });
}
