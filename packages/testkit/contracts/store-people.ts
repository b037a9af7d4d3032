import { MIRRORED_MAX, type RecordChange, type Store } from '@hongyan/core/ports';
import { encodeBlock, encodeSetting, encodeWish, type RecordKey, recordKey, type UserId } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { ann, annBen, ben, cho, message } from './store-fixtures.ts';

/** Records that are kept for others too, and what recipients say of whom they take messages from. */
export function peopleContract(store: () => Store): void {
  const changeOf = (userId: UserId, key: string, n: number): RecordChange => ({
    ...{ userId, key, changedAtMs: n, value: Uint8Array.of(n), timeMs: 77 },
  });
  const mirror = (userId: UserId, key: string) => ({ userId, key });
  const seqsOf = async (userId: UserId) =>
    (await store().userLog.read({ userId, afterSeq: 0, limit: 99 })).map(({ seq }) => seq);

  describe('mirrored records', () => {
    test('[PPL-1] a change is kept for all in one commit, each with an event of their own', async () => {
      await store().records.set(changeOf(ben, 'setting/x', 1));
      const mirrors = [mirror(ben, 'peer/a'), mirror(cho, 'peer/a')];
      const told = await store().records.setMirrored(changeOf(ann, 'friend/b', 5), mirrors);
      expect(told.map(({ userId, event }) => [userId, event.seq])).toEqual([[ann, 1], [ben, 2], [cho, 1]]); // biome-ignore format: a table
      for (const { userId, event } of told) {
        const [kept] = await store().userLog.read({ userId, afterSeq: event.seq - 1, limit: 1 });
        expect(kept).toEqual(event);
      }
      const [record] = await store().records.changedSince({ userId: cho, afterSeq: 0, limit: 9, bytesMax: 99 });
      expect(record?.record).toEqual({ key: 'peer/a', changedAtMs: 5, value: Uint8Array.of(5) });
    });

    test('[PPL-1, REC-2] an earlier version changes nothing for anybody, and nobody gets an older one', async () => {
      const mirrors = [mirror(ben, 'peer/a')];
      await store().records.setMirrored(changeOf(ann, 'friend/b', 5), mirrors);
      expect(await store().records.setMirrored(changeOf(ann, 'friend/b', 5), mirrors)).toEqual([]);
      expect(await store().records.setMirrored(changeOf(ann, 'friend/b', 4), mirrors)).toEqual([]);
      expect([await seqsOf(ann), await seqsOf(ben)]).toEqual([[1], [1]]);
      await store().records.set(changeOf(ben, 'peer/a', 9));
      expect(await store().records.setMirrored(changeOf(ann, 'friend/b', 6), mirrors)).toHaveLength(1);
      expect(await store().records.values(ben, ['peer/a'])).toEqual([{ changedAtMs: 9, value: Uint8Array.of(9) }]);
    });

    test('[PPL-5] what others write stops where the account’s own goes on, and then nothing is kept for anybody', async () => {
      const keys = Array.from({ length: MIRRORED_MAX }, (_, at) => `draft/${at}`);
      for (let from = 0; from < keys.length; from += 1_000) {
        const part = keys.slice(from, from + 1_000);
        await Promise.all(part.map((key) => store().records.set(changeOf(ben, key, 1))));
      }
      const mirrors = [mirror(cho, 'peer/a'), mirror(ben, 'peer/a')];
      const refused = store().records.setMirrored(changeOf(ann, 'friend/b', 5), mirrors);
      await expect(refused).rejects.toMatchObject({ kind: 'rejected', reason: 'too-many-records' });
      expect([await seqsOf(ann), await seqsOf(cho)]).toEqual([[], []]);
      expect(await store().records.set(changeOf(ben, 'draft/one-more', 1))).toBeDefined();
      await expect(
        store().records.setMirrored(changeOf(ann, 'friend/b', 5), [mirror(ben, 'draft/0')]),
      ).resolves.toHaveLength(2);
    });

    test('[PPL-1] crossing changes of many end alike for both sides', async () => {
      const people = [ann, ben, cho];
      const asked = people.flatMap((from) =>
        people.filter((to) => to !== from).flatMap((to) => [1, 2, 3].map((n) => ({ from, to, n }))),
      );
      await Promise.all(
        asked.map(({ from, to, n }) =>
          store().records.setMirrored(changeOf(from, `friend/${to}`, n), [mirror(to, `peer/${from}`)]),
        ),
      );
      for (const { from, to } of asked) {
        const [own] = await store().records.values(from, [`friend/${to}`]);
        expect(own).toEqual({ changedAtMs: 3, value: Uint8Array.of(3) });
        expect(await store().records.values(to, [`peer/${from}`])).toEqual([own]);
      }
      for (const userId of people) {
        const seqs = await seqsOf(userId);
        expect(seqs).toEqual(seqs.map((_, at) => at + 1));
      }
    });

    test('[PPL-1] values come in the order in which they were asked for, with gaps', async () => {
      await store().records.set(changeOf(ann, 'a', 1));
      await store().records.set(changeOf(ann, 'c', 3));
      const version = (n: number) => ({ changedAtMs: n, value: Uint8Array.of(n) });
      expect(await store().records.values(ann, ['c', 'b', 'a'])).toEqual([version(3), undefined, version(1)]);
      expect(await store().records.values(ben, ['a'])).toEqual([undefined]);
      expect(await store().records.values(ben, [])).toEqual([]);
    });
  });

  describe('a recipient', () => {
    const say = (key: RecordKey, value: Uint8Array, changedAtMs = 1) =>
      store().records.set({ userId: ben, key: recordKey(key), value, changedAtMs, timeMs: 0 });
    const write = (clientMessageId: string) =>
      store()
        .log.append(message(clientMessageId, { recipientId: ben }))
        .then(
          ({ seq }) => seq,
          ({ kind, reason }: { kind: string; reason: string }) => `${kind}: ${reason}`,
        );
    const wish = encodeWish({ wanted: true, greeting: '' });
    const NOT_ACCEPTED = 'rejected: not-accepted';

    test('[PPL-3] that blocks the sender gets nothing, from that commit on, and what was sent before stays', async () => {
      expect(await write('m1')).toBe(1);
      await say({ kind: 'block', userId: ann }, encodeBlock({ blocked: true }));
      expect(await write('m2')).toBe(NOT_ACCEPTED);
      expect(await write('m1')).toBe(1);
      expect(await store().log.append(message('m3', { senderId: ben, recipientId: ann }))).toMatchObject({ seq: 2 });
      await say({ kind: 'block', userId: ann }, new Uint8Array(), 2);
      expect(await write('m2')).toBe(3);
    });

    test('[PPL-4] that takes messages from friends gets those of friends', async () => {
      await say({ kind: 'setting', name: 'who-may-write' }, encodeSetting({ value: 'friends' }));
      expect(await write('m1')).toBe(NOT_ACCEPTED);
      await say({ kind: 'friend', userId: ann }, wish);
      expect(await write('m1')).toBe(NOT_ACCEPTED);
      await say({ kind: 'peer', userId: ann }, wish);
      expect(await write('m1')).toBe(1);
      await say({ kind: 'setting', name: 'who-may-write' }, encodeSetting({ value: 'nobody' }), 2);
      expect(await write('m2')).toBe(NOT_ACCEPTED);
    });

    test('[PPL-3] that takes nothing does not hold up what others write at the same time', async () => {
      await say({ kind: 'block', userId: ann }, encodeBlock({ blocked: true }));
      const toCho = { conversationId: `direct.${ann}.${cho}`, members: [ann, cho], recipientId: cho };
      const answers = await Promise.all([
        write('m1'),
        store().log.append(message('m2', toCho)),
        write('m3'),
        store().log.append(message('m4', toCho)),
      ]);
      expect(answers).toMatchObject([NOT_ACCEPTED, { seq: 1 }, NOT_ACCEPTED, { seq: 2 }]);
      expect(await store().log.head(annBen)).toBeUndefined();
    });
  });
}
