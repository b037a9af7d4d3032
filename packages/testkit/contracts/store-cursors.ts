import { plainMember } from '@hongyan/core';
import type { CursorBatch, Store } from '@hongyan/core/ports';
import { describe, expect, test } from 'vitest';
import { ann, annBen, annCho, ben, device, message, signedOut } from './store-fixtures.ts';

export function cursorContract(store: () => Store): void {
  const advance = (cursors: CursorBatch['cursors'], positions: CursorBatch['positions'] = []) =>
    store().cursors.advance({ cursors, positions, timeMs: 77 });
  const cursor = (deliveredSeq: number, readSeq: number) => ({
    conversationId: annBen,
    userId: ben,
    deliveredSeq,
    readSeq,
  });
  const stored = async () => (await store().log.head(annBen))?.members.find(({ userId }) => userId === ben);

  describe('cursors', () => {
    test('[RCP-3] merge by max, each half on its own', async () => {
      await store().log.append(message('m1'));
      await advance([cursor(5, 2)]);
      await advance([cursor(3, 4)]);
      await advance([cursor(1, 1), cursor(0, 0)]);
      expect(await stored()).toEqual({ ...plainMember(ben), deliveredSeq: 5, readSeq: 4 });
    });

    test('[RCP-3] concurrent statements leave the greatest', async () => {
      await store().log.append(message('m1'));
      await Promise.all([3, 9, 1, 7].map((seq) => advance([cursor(seq, 10 - seq)])));
      expect(await stored()).toEqual({ ...plainMember(ben), deliveredSeq: 9, readSeq: 9 });
    });

    test('[PRS-6] when accounts were seen last is merged by max, and only theirs is told', async () => {
      const seen = (userId: string, seenMs: number) => ({ userId, seenMs });
      await store().cursors.advance({ cursors: [], positions: [], seen: [seen(ann, 5), seen(ben, 1)], timeMs: 0 });
      await store().cursors.advance({ cursors: [], positions: [], seen: [seen(ann, 4), seen(ann, 3)], timeMs: 0 });
      await store().cursors.advance({ cursors: [], positions: [], seen: [seen(ben, 9), seen(ben, 8)], timeMs: 0 });
      const told = await store().accounts.lastSeen([ann, ben, ann, 'nobody']);
      expect(told).toHaveLength(2);
      expect(told).toEqual(expect.arrayContaining([seen(ann, 5), seen(ben, 9)]));
      expect(await store().accounts.lastSeen([])).toEqual([]);
    });

    test('[RCP-2] a readMoved event is added exactly when the read position grew', async () => {
      await store().log.append(message('m1'));
      expect(await advance([cursor(4, 0)])).toEqual([]);
      const moved = { case: 'readMoved', value: { conversationId: annBen, readSeq: 3 } };
      expect(await advance([cursor(4, 3)])).toEqual([{ userId: ben, event: { seq: 2, timeMs: 77, event: moved } }]);
      expect(await advance([cursor(4, 3)])).toEqual([]);
      expect(await advance([cursor(6, 2)])).toEqual([]);
      const log = await store().userLog.read({ userId: ben, afterSeq: 1, limit: 10 });
      expect(log).toEqual([{ seq: 2, timeMs: 77, event: moved }]);
      expect(await store().userLog.lastSeq(ann)).toBe(1);
    });
  });

  test('[RCP-1] device positions merge by max and answer for one conversation', async () => {
    const at = (deviceId: string, seq: number, conversationId = annBen) => ({
      conversationId,
      userId: ann,
      deviceId,
      seq,
    });
    for (const id of ['d1', 'd2']) await store().accounts.createDevice(device(id));
    await advance([], [at('d1', 5), at('d2', 1), at('d1', 8, annCho)]);
    await advance([], [at('d1', 3), at('d2', 4)]);
    const positions = await store().cursors.devicePositions(annBen);
    expect(positions.sort((a, b) => a.seq - b.seq)).toEqual([at('d2', 4), at('d1', 5)]);
    expect(await store().cursors.devicePositions(annCho)).toEqual([at('d1', 8, annCho)]);
  });

  test('[RCP-1] positions of a device that was signed out, or is not the account’s, are dropped', async () => {
    const at = (deviceId: string, userId = ann) => ({ conversationId: annBen, userId, deviceId, seq: 1 });
    for (const id of ['d1', 'd2']) await store().accounts.createDevice(device(id));
    await advance([], [at('d1')]);
    await store().accounts.deleteDevice('d1', signedOut, 0);
    await advance([{ ...cursor(3, 0), userId: ann }], [at('d1'), at('d2'), at('d3'), at('d2', ben)]);
    expect(await store().cursors.devicePositions(annBen)).toEqual([at('d2')]);
  });

  test('[SYN-5] the user log is read after a position, oldest first, up to a limit', async () => {
    for (let at = 1; at <= 5; at++) await store().accounts.createDevice(device(`d${at}`));
    const read = async (afterSeq: number, limit: number) =>
      (await store().userLog.read({ userId: ann, afterSeq, limit })).map(({ seq }) => seq);
    expect(await Promise.all([read(0, 10), read(2, 2), read(5, 10), read(9, 10), read(0, 0)])).toEqual([
      [1, 2, 3, 4, 5],
      [3, 4],
      [],
      [],
      [],
    ]);
    expect(await store().userLog.lastSeq(ann)).toBe(5);
    expect(await store().userLog.lastSeq(ben)).toBe(0);
  });
}
