import { plainMember, RECEIPT_MEMBERS_MAX } from '@hongyan/core';
import type { AppendRequest, Store } from '@hongyan/core/ports';
import { EntryKind, Role } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import {
  ann,
  appendAll,
  ben,
  changing,
  cho,
  crowd,
  dan,
  facts,
  founding,
  header,
  joining,
  leaving,
  message,
  whole,
} from './store-fixtures.ts';

const write = (id: string, fields: Partial<AppendRequest> = {}) => message(id, { conversationId: crowd, ...fields });

export function membershipContract(store: () => Store): void {
  const head = async () => {
    const found = await store().log.head(crowd);
    if (found === undefined) throw new Error('there is no such conversation');
    return found;
  };
  const ids = async () => (await head()).members.map(({ userId }) => userId);
  const member = async (userId: string) => {
    const found = await store().log.member(crowd, userId);
    if (found === undefined) return undefined;
    const { deliveredSeq: _, readSeq: __, ...stored } = found;
    return stored;
  };

  /** Ben was a member from 1 to 4, cho is one from 3 on, and nobody else but ann is. */
  const withWindows = async () => {
    await appendAll(store(), [
      founding([ann, ben]),
      write('m2'),
      changing('c3', 0, joining(cho)),
      changing('c4', 3, leaving(ben, facts({ seq: 3, name: 'c3' }))),
      write('m5', { header: header({ mentionsAll: true }) }),
      write('e6', { kind: EntryKind.EDIT, header: header({ targetSeq: 2 }) }),
    ]);
  };

  describe('memberships', () => {
    const read = async (viewerId: string, fields: Partial<typeof whole> = {}) =>
      (await store().log.read({ conversationId: crowd, ...whole, ...fields, viewerId })).map(({ seq }) => seq);

    test('[E4] nobody reads what the membership does not cover', async () => {
      await withWindows();
      expect(await read(ann)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await read(ben)).toEqual([1, 2, 3, 4]);
      expect(await read(cho)).toEqual([3, 4, 5, 6]);
      expect(await read(dan)).toEqual([]);
    });

    test('[E4] pages are filled from what is covered', async () => {
      await withWindows();
      const newest = { ...whole, from: 'newest', limit: 2 } as const;
      const page = async (viewerId: string, fields: object) =>
        (await store().log.read({ conversationId: crowd, ...newest, ...fields, viewerId })).map(({ seq }) => seq);
      expect(await page(ben, {})).toEqual([3, 4]);
      expect(await page(ben, { beforeSeq: 4 })).toEqual([2, 3]);
      expect(await page(cho, { from: 'oldest' })).toEqual([3, 4]);
      expect(await page(cho, { from: 'oldest', afterSeq: 4 })).toEqual([5, 6]);
      expect(await page(cho, { beforeSeq: 4 })).toEqual([3]);
      expect(await page(cho, { bytesMax: 0 })).toEqual([6]);
      expect(await page(ben, { afterSeq: 4 })).toEqual([]);
    });

    test('[E4] nor of changes, whatever they change', async () => {
      await withWindows();
      await store().log.append(write('r7', { kind: EntryKind.REACTION, header: header({ targetSeq: 2 }) }));
      const range = { conversationId: crowd, fromTargetSeq: 1, toTargetSeq: 9, afterSeq: 0, limit: 9 };
      for (const standing of [true, false]) {
        const changes = async (viewerId: string) =>
          (await store().log.changes({ ...range, standing, viewerId })).map(({ seq }) => seq);
        expect(await Promise.all([ann, ben, cho, dan].map(changes))).toEqual([[6, 7], [], [6, 7], []]);
      }
    });

    test('[E2] one that has ended is told by its own row, and is no member’s', async () => {
      await withWindows();
      const former = {
        ...{ ...plainMember(ben), role: Role.UNSPECIFIED, untilSeq: 4 },
        partingFacts: facts({ seq: 3, name: 'c3' }),
      };
      expect(await member(ben)).toEqual(former);
      expect(await member(dan)).toBeUndefined();
      expect(await ids()).toEqual([ann, cho]);
      expect((await head()).memberCount).toBe(2);
      const listed = await store().log.members({ conversationId: crowd, text: '', after: undefined, limit: 9 });
      expect(listed.map(({ userId }) => userId)).toEqual([ann, cho]);
    });

    test('[E2] a former member’s list has the conversation, up to where it was one, and nobody else in it', async () => {
      await withWindows();
      const cursor = { conversationId: crowd, userId: ben, deliveredSeq: 3, readSeq: 2 };
      await store().cursors.advance({ cursors: [cursor], positions: [], timeMs: 1 });
      const [mine, ...others] = await store().log.heads(ben, 9);
      expect(others).toEqual([]);
      expect(mine).toMatchObject({ conversationId: crowd, lastSeq: 4 });
      const own = await store().log.member(crowd, ben);
      expect(own).toMatchObject({ untilSeq: 4, deliveredSeq: 3, readSeq: 2, partingFacts: { name: 'c3' } });
      expect(mine?.members).toEqual([own]);
      expect((await store().log.heads(cho, 9))[0]?.members.map(({ userId }) => userId)).toEqual([ann, cho]);
    });

    test('[SYN-1] one conversation is told as it is in the list, and to nobody who was never a member', async () => {
      await withWindows();
      const large = `group.g${'2'.repeat(16)}`;
      const people = Array.from({ length: RECEIPT_MEMBERS_MAX + 1 }, (_, at) => `u${String(at).padStart(16, '0')}`);
      await store().log.append(message('large', { conversationId: large, members: [ann, ...people] }));
      for (const userId of [ann, ben, cho]) {
        for (const head of await store().log.heads(userId, 9)) {
          expect(await store().log.headFor(head.conversationId, userId)).toEqual(head);
        }
      }
      expect((await store().log.headFor(large, ann))?.members).toHaveLength(1);
      expect(await store().log.headFor(crowd, dan)).toBeUndefined();
      expect(await store().log.headFor('group.g0', ann)).toBeUndefined();
    });

    test('[E2] who joins again is a member as any other, by a new window, and is told so', async () => {
      await withWindows();
      const { joined } = await store().log.append(changing('c7', 4, joining(ben)));
      expect(joined.map(({ userId, event }) => [userId, event.seq])).toEqual([[ben, 2]]);
      expect(await member(ben)).toEqual({ ...plainMember(ben), fromSeq: 7 });
      expect(await read(ben)).toEqual([7]);
      expect(await head()).toMatchObject({ memberCount: 3, lastSeq: 7 });
      const heads = await store().log.heads(ben, 9);
      expect(heads).toEqual([await head()]);
    });

    test('[E2] rows that stay what they were, or come again, leave the number of members right', async () => {
      await withWindows();
      const again = leaving(ben, facts({ seq: 3 }), { untilSeq: 4 });
      await store().log.append(changing('c7', 4, again));
      await store().log.append(changing('c8', 7, { ...joining(cho), joined: [] }));
      expect((await head()).memberCount).toBe(2);
    });
  });

  describe('one head', () => {
    test('[GRP-1] is told to each as the list tells it, to who has left as it was, and to nobody else', async () => {
      await appendAll(store(), [founding([ann, ben, cho]), write('m2')]);
      await store().log.append(
        changing('c3', 0, {
          ...leaving(cho, facts({ memberCount: 2, seq: 1 })),
          facts: facts({ name: 'fewer', memberCount: 2 }),
        }),
      );
      await appendAll(store(), [write('m4')]);
      for (const userId of [ann, ben, cho]) {
        expect(await store().log.headFor(crowd, userId)).toEqual((await store().log.heads(userId, 9))[0]);
      }
      expect(await store().log.headFor(crowd, cho)).toMatchObject({ lastSeq: 3, members: [{ userId: cho }] });
      expect(await store().log.headFor(crowd, dan)).toBeUndefined();
      expect(await store().log.headFor(`group.g${'9'.repeat(16)}`, ann)).toBeUndefined();
    });

    test('[GRP-4] facts are those of the last change', async () => {
      await store().log.append(founding([ann, ben]));
      expect(await store().log.facts(crowd)).toBeUndefined();
      await store().log.append(changing('c2', 0, { facts: facts({ name: 'geese', memberCount: 2 }) }));
      await store().log.append(write('m3'));
      expect(await store().log.facts(crowd)).toMatchObject({ name: 'geese', seq: 2 });
    });
  });
}
