import { RECORDS_MAX, type Store } from '@hongyan/core/ports';
import { isLaterVersion } from '@hongyan/protocol';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ann, ben, device, message } from './store-fixtures.ts';

const PART = 2_000;

const bytes = (...values: number[]) => Uint8Array.from(values);

/** Value n, changed at n. */
const version = (n: number) => ({ changedAtMs: n, value: bytes(n) });

export function recordContract(store: () => Store): void {
  const set = (key: string, change: { changedAtMs: number; value: Uint8Array }, userId = ann) =>
    store().records.set({ userId, key, ...change, timeMs: 77 });
  const since = (afterSeq = 0, limit = 100, bytesMax = 1_000) =>
    store().records.changedSince({ userId: ann, afterSeq, limit, bytesMax });
  const told = async (afterSeq = 0, limit = 100) =>
    (await store().userLog.read({ userId: ann, afterSeq, limit })).map(({ seq, event }) => [
      seq,
      event?.case === 'recordChanged' ? [event.value.key, event.value.changedAtMs, ...event.value.value] : event?.case,
    ]);
  const places = async (...args: Parameters<typeof since>) => (await since(...args)).map(({ seq }) => seq);

  describe('account records', () => {
    test('[REC-4] a change is answered with its event, and both are there', async () => {
      const record = { key: 'setting/a', ...version(5) };
      const event = await set('setting/a', version(5));
      expect(event).toEqual({ seq: 1, timeMs: 77, event: { case: 'recordChanged', value: record } });
      expect(await since()).toEqual([{ seq: 1, record }]);
      expect(await store().userLog.read({ userId: ann, afterSeq: 0, limit: 9 })).toEqual([event]);
      expect(await store().userLog.lastSeq(ann)).toBe(1);
      expect((await since())[0]?.record.value.constructor).toBe(Uint8Array);
    });

    test('[REC-2] the later change stays, in whatever order they come; the others write nothing', async () => {
      expect(await set('setting/a', version(5))).toBeDefined();
      expect(await set('setting/a', version(5))).toBeUndefined();
      expect(await set('setting/a', version(4))).toBeUndefined();
      expect(await set('setting/a', { changedAtMs: 5, value: bytes(4, 9) })).toBeUndefined();
      expect(await set('setting/a', { changedAtMs: 5, value: bytes(5, 0) })).toMatchObject({ seq: 2 });
      expect(await set('setting/a', { changedAtMs: 6, value: bytes() })).toMatchObject({ seq: 3 });
      expect(await since()).toEqual([{ seq: 3, record: { key: 'setting/a', changedAtMs: 6, value: bytes() } }]);
    });

    test('[REC-2] the same changes in any order, some of them twice, leave the same record', async () => {
      const change = fc.record({ changedAtMs: fc.nat(3), value: fc.uint8Array({ maxLength: 2, max: 2 }) });
      let run = 0;
      const property = fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const userId = `${ann}-${++run}`;
        await Promise.all([...changes, ...changes].map((each) => set('setting/a', each, userId)));
        const [left] = await store().records.changedSince({ userId, afterSeq: 0, limit: 9, bytesMax: 9 });
        const latest = changes.reduce((known, each) => (isLaterVersion(each, known) ? each : known));
        expect(left?.record).toEqual({ key: 'setting/a', ...latest });
      });
      await fc.assert(property, { numRuns: 40 });
    });

    test('[REC-4] an event tells of the record as it is now, among the other events of the account', async () => {
      await set('draft/x', version(1));
      await store().accounts.createDevice(device('d1'));
      await set('draft/x', version(2));
      await set('setting/a', version(3));
      await set('draft/x', version(4));
      const now = ['draft/x', 4, 4];
      expect(await told()).toEqual([
        [1, now],
        [2, 'deviceAdded'],
        [3, now],
        [4, ['setting/a', 3, 3]],
        [5, now],
      ]);
      expect(await told(2, 1)).toEqual([[3, now]]);
    });

    test('[REC-5] what changed after a place comes once for each key, by the place of its last change', async () => {
      for (const [at, key] of ['a', 'b', 'c', 'a', 'd'].entries()) await set(`setting/${key}`, version(at + 1));
      expect((await since()).map(({ seq, record }) => [seq, record.key])).toEqual([
        [2, 'setting/b'],
        [3, 'setting/c'],
        [4, 'setting/a'],
        [5, 'setting/d'],
      ]);
      expect(await places(3)).toEqual([4, 5]);
      expect(await places(5)).toEqual([]);
      expect(await places(0, 2)).toEqual([2, 3]);
      expect(await places(0, 0)).toEqual([]);
    });

    test('[P8] a page ends before its values pass the bound, and is not empty for a value that does alone', async () => {
      for (const [at, size] of [30, 50, 100, 10].entries()) {
        await set(`setting/a${at}`, { changedAtMs: 1, value: new Uint8Array(size) });
      }
      expect(await places(0, 9, 80)).toEqual([1, 2]);
      expect(await places(2, 9, 80)).toEqual([3]);
      expect(await places(3, 9, 80)).toEqual([4]);
    });

    test('[P6] accounts have records of their own', async () => {
      await set('setting/a', version(1));
      await set('setting/a', version(2), ben);
      expect((await since()).map(({ record }) => record.changedAtMs)).toEqual([1]);
      expect(await store().userLog.lastSeq(ben)).toBe(1);
    });

    test('[PRS-5] what accounts have under some keys is found together', async () => {
      const changed = { changedAtMs: 1, value: Uint8Array.of(7) };
      await set('setting/a', changed);
      await set('setting/b', changed);
      await set('setting/a', changed, ben);
      const found = await store().records.under(['setting/a', 'setting/c'], [ann, ben, ann, 'nobody']);
      const told = found.map(({ userId, record }) => ({ userId, ...record }));
      expect(told).toHaveLength(2);
      expect(told).toEqual(
        expect.arrayContaining([ann, ben].map((userId) => ({ userId, key: 'setting/a', ...changed }))),
      );
      expect(await store().records.under([], [ann])).toEqual([]);
      expect(await store().records.under(['setting/a'], [])).toEqual([]);
    });

    test('[REC-7] a key beyond the bound is rejected and changes nothing; known keys still change', async () => {
      // In parts, as an adapter may refuse more calls at once than its queue holds.
      for (let from = 0; from < RECORDS_MAX; from += PART) {
        await Promise.all(Array.from({ length: PART }, (_, at) => set(`setting/a${from + at}`, version(1))));
      }
      const refused = expect.objectContaining({ name: 'StoreError', kind: 'rejected', reason: 'too-many-records' });
      await expect(set('setting/one-more', version(1))).rejects.toEqual(refused);
      expect(await store().userLog.lastSeq(ann)).toBe(RECORDS_MAX);
      expect(await set('setting/a0', version(2))).toMatchObject({ seq: RECORDS_MAX + 1 });
      expect(await set('setting/one-more', version(1), ben)).toMatchObject({ seq: 1 });
    });

    test('[P3] changes beside appends leave the user log without a hole', async () => {
      const appends = Array.from({ length: 5 }, (_, at) =>
        store().log.append(message(`m${at}`, { conversationId: `c${at}`, members: [ann] })),
      );
      const changes = Array.from({ length: 5 }, (_, at) => set(`setting/a${at}`, version(1)));
      await Promise.all([...appends, ...changes]);
      expect((await told()).map(([seq]) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    });
  });
}
