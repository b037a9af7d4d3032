import { plainMember } from '@hongyan/core';
import { type AppendRequest, HERE, type MemberQuery, type Store, type StoredMember } from '@hongyan/core/ports';
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
  user,
  whole,
} from './store-fixtures.ts';

const write = (id: string, fields: Partial<AppendRequest> = {}) => message(id, { conversationId: crowd, ...fields });
const outdated = expect.objectContaining({ name: 'StoreError', kind: 'rejected', reason: 'conversation-changed' });

export function memberContract(store: () => Store): void {
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

  describe('founding', () => {
    test('[E1] the first member of a group owns it, in other conversations nobody does', async () => {
      await appendAll(store(), [founding([ben, ann, ben]), message('m1')]);
      expect((await head()).members.map(({ userId, role }) => [userId, role])).toEqual([
        [ann, Role.MEMBER],
        [ben, Role.OWNER],
      ]);
      expect(await head()).toMatchObject({ memberCount: 2, facts: undefined });
      const direct = await store().log.heads(ann, 1);
      expect(direct[0]?.members.map(({ role }) => role)).toEqual([Role.MEMBER, Role.MEMBER]);
    });

    test('[E1] a change that comes with the first entry has the last word, and who is in it joins', async () => {
      const members = [
        { ...plainMember(ann), role: Role.ADMIN, nickname: 'A' },
        { ...plainMember(cho), role: Role.OWNER, fromSeq: HERE },
      ];
      const change = { facts: facts({ name: 'geese', announcementSeq: HERE }), members, joined: [ann, ben, cho] };
      const { joined } = await store().log.append(founding([ann, ben], { change, basisSeq: 0 }));
      expect(joined.map(({ userId }) => userId).sort()).toEqual([ann, ben, cho]);
      expect(await head()).toEqual({
        conversationId: crowd,
        lastSeq: 1,
        memberCount: 3,
        facts: facts({ name: 'geese', seq: 1, announcementSeq: 1 }),
        members: [
          { ...plainMember(ann), role: Role.ADMIN, nickname: 'A', deliveredSeq: 0, readSeq: 0 },
          { ...plainMember(ben), deliveredSeq: 0, readSeq: 0 },
          { ...plainMember(cho), role: Role.OWNER, deliveredSeq: 0, readSeq: 0 },
        ],
      });
    });
  });

  describe('change', () => {
    test('[E2] facts, rows and events of who joins are there with the entry', async () => {
      await appendAll(store(), [founding([ann, ben]), write('m2')]);
      const policy = {
        ...{ membersInvite: true, membersMentionAll: false, membersPin: true, membersEdit: false, joining: 3 as const },
        ...{ question: 'Where to?', answer: 'South', historyForNewcomers: false, muted: true, receiptsHidden: true },
      };
      const made = facts({
        name: '鸿雁',
        avatar: '🐦',
        announcement: 'South!',
        announcementSeq: HERE,
        pinnedSeqs: [2, 1],
      });
      const next = { ...made, lifetimeMs: 9_000, memberCount: 3, dissolved: true, policy };
      const answer = await store().log.append(
        changing('c3', 0, { facts: next, ...joining(cho, { nickname: 'Zhao' }) }),
      );
      const event = { case: 'conversationJoined', value: { conversationId: crowd } };
      expect(answer).toMatchObject({ seq: 3, duplicate: false });
      expect(answer.joined).toEqual([{ userId: cho, event: { seq: 1, timeMs: 1_700_000_000_500, event } }]);
      expect(await store().userLog.read({ userId: cho, afterSeq: 0, limit: 9 })).toEqual([answer.joined[0]?.event]);
      expect(await head()).toMatchObject({ lastSeq: 3, memberCount: 3 });
      expect((await head()).facts).toEqual({ ...next, seq: 3, announcementSeq: 3 });
      expect(await member(cho)).toEqual({ ...plainMember(cho), nickname: 'Zhao', fromSeq: 3 });
      expect((await store().log.heads(cho, 9))[0]).toEqual(await head());
    });

    test('[E3] rows are as they are given: roles, nicknames and mutes, and the rest stays', async () => {
      await store().log.append(founding([ann, ben, cho]));
      const rows: StoredMember[] = [
        { ...plainMember(ann), role: Role.ADMIN },
        { ...plainMember(ben), role: Role.OWNER, nickname: 'Ben é 鸿', mutedUntilMs: Number.MAX_SAFE_INTEGER },
      ];
      expect((await store().log.append(changing('c2', 0, { members: rows }))).joined).toEqual([]);
      expect(await Promise.all([ann, ben, cho].map(member))).toEqual([...rows, plainMember(cho)]);
      expect((await head()).memberCount).toBe(3);
    });

    test('[E2] a request that was decided by other facts is rejected and changes nothing', async () => {
      await appendAll(store(), [founding([ann, ben]), changing('c2', 0, {})]);
      const before = await head();
      for (const basisSeq of [0, 1, 3]) {
        await expect(store().log.append(changing('c3', basisSeq, joining(cho)))).rejects.toEqual(outdated);
        await expect(store().log.append(write('m3', { basisSeq }))).rejects.toEqual(outdated);
      }
      expect(await head()).toEqual(before);
      expect(await member(cho)).toBeUndefined();
      expect(await store().userLog.lastSeq(cho)).toBe(0);
      expect(await store().log.append(write('m3', { basisSeq: 2 }))).toMatchObject({ seq: 3 });
      expect(await store().log.append(write('m4'))).toMatchObject({ seq: 4 });
      expect((await head()).facts?.seq).toBe(2);
    });

    test('[E2] nothing begins by a request that is rejected', async () => {
      await expect(store().log.append(write('m1', { basisSeq: 1, members: [ann] }))).rejects.toEqual(outdated);
      expect(await store().log.head(crowd)).toBeUndefined();
      expect(await store().log.append(write('m1', { basisSeq: 0, members: [ann] }))).toMatchObject({ seq: 1 });
    });

    test('[E2] of many that are decided by the same facts at once one gets on, and nothing else suffers', async () => {
      await store().log.append(founding([ann]));
      const people = Array.from({ length: 20 }, (_, at) => `u${String(at).padStart(16, '0')}`);
      const asked = people.map((userId) => store().log.append(changing(userId, 0, joining(userId))));
      const others = people.map((userId) => store().log.append(write(`m-${userId}`)));
      const outcomes = await Promise.allSettled(asked);
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(refused.map(({ reason }) => reason)).toEqual(refused.map(() => outdated));
      expect(refused).toHaveLength(people.length - 1);
      await Promise.all(others);
      expect(await head()).toMatchObject({ memberCount: 2, lastSeq: people.length + 2 });
    });

    test('[E2] changes one after another in one batch are each decided by the one before', async () => {
      const asked = [
        founding([ann], { basisSeq: 0, change: { facts: facts({}), members: [], joined: [] } }),
        changing('c2', 1, joining(ben)),
        write('m3', { basisSeq: 2 }),
        changing('c4', 2, leaving(ben, facts({ seq: 2 }))),
        changing('c5', 4, joining(cho)),
        changing('c6', 5, joining(ben)),
      ];
      const answers = await Promise.all(asked.map((request) => store().log.append(request)));
      expect(answers.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await ids()).toEqual([ann, ben, cho]);
      expect(await head()).toMatchObject({ memberCount: 3, facts: { seq: 6 } });
      expect(await member(ben)).toEqual({ ...plainMember(ben), fromSeq: 6 });
      expect((await store().userLog.read({ userId: ben, afterSeq: 0, limit: 9 })).map(({ seq }) => seq)).toEqual([
        1, 2,
      ]);
    });

    test('[LOG-2] a change that is asked for again is answered as before, whatever happened since', async () => {
      await store().log.append(founding([ann]));
      const asked = changing('c2', 0, joining(cho));
      const first = await store().log.append(asked);
      await store().log.append(changing('c3', 2, leaving(cho, facts({ seq: 2 }))));
      expect(await store().log.append(asked)).toEqual({ ...first, duplicate: true, joined: [] });
      expect(await ids()).toEqual([ann]);
      expect(await store().userLog.lastSeq(cho)).toBe(1);
      expect((await head()).facts?.seq).toBe(3);
    });

    test('[LOG-2] what was sent is known by its name, and what was not is not', async () => {
      const first = await store().log.append(founding([ann]));
      expect(await store().log.sent(ann, 'founding')).toEqual({ ...first, duplicate: true, joined: [] });
      expect(await store().log.sent(ben, 'founding')).toBeUndefined();
      expect(await store().log.sent(ann, 'other\0')).toBeUndefined();
    });
  });

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

  describe('members', () => {
    const query = (fields: Partial<MemberQuery> = {}): MemberQuery => ({
      conversationId: crowd,
      text: '',
      after: undefined,
      limit: 100,
      ...fields,
    });
    const listed = async (fields: Partial<MemberQuery> = {}) =>
      (await store().log.members(query(fields))).map(({ userId }) => userId);
    const people = Array.from({ length: 9 }, (_, at) => `u${String(at).padStart(16, '0')}`);
    const [p0 = '', p1 = '', p2 = '', p3 = '', p4 = '', p5 = '', p6 = '', p7 = '', p8 = ''] = people;

    /** p4 owns the group, p6 and p1 are administrators, p3 has left. */
    const withPeople = async () => {
      await store().log.append(founding([p4, ...people]));
      const admins = [p6, p1].map((userId) => ({ ...plainMember(userId), role: Role.ADMIN }));
      await store().log.append(changing('c2', 0, { members: admins }));
      await store().log.append(changing('c3', 2, leaving(p3, facts({ seq: 2 }))));
    };
    const inOrder = [p4, p1, p6, p0, p2, p5, p7, p8];

    test('[E4] come by role and then by id, whole', async () => {
      await withPeople();
      expect(await listed()).toEqual(inOrder);
      const [first, second] = await store().log.members(query({ limit: 2 }));
      expect(first).toEqual({ ...plainMember(p4), role: Role.OWNER });
      expect(second).toEqual({ ...plainMember(p1), role: Role.ADMIN });
      expect(await listed({ limit: 0 })).toEqual([]);
      expect(await listed({ conversationId: 'group.g0' })).toEqual([]);
    });

    test('[E4] are walked through page by page, each once, wherever a page ends', async () => {
      await withPeople();
      for (const limit of [1, 2, 3, 5, 8]) {
        const seen: string[] = [];
        let after: MemberQuery['after'];
        for (;;) {
          const page = await store().log.members(query({ after, limit }));
          seen.push(...page.map(({ userId }) => userId));
          if (page.length < limit) break;
          after = page.at(-1);
        }
        expect(seen).toEqual(inOrder);
      }
    });

    test('[E4] are found by nickname, handle and name, whatever the case, in the same order', async () => {
      await withPeople();
      await store().accounts.createUser(user(p0, 'Goose-0'));
      await store().accounts.createUser(user(p1, 'one', { displayName: 'Ms. GOOSE' }));
      await store().accounts.createUser(user(p2, 'two', { displayName: '100%_\\' }));
      await store().accounts.createUser(user(p3, 'goose-3'));
      const nicknames = { members: [{ ...plainMember(p8), nickname: 'Mon GoosÉ 鸿' }] };
      await store().log.append(changing('c4', 3, nicknames));
      expect(await listed({ text: 'goos' })).toEqual([p1, p0, p8]);
      expect(await listed({ text: 'GOOSé' })).toEqual([p8]);
      expect(await listed({ text: '鸿' })).toEqual([p8]);
      expect(await listed({ text: '0%_\\' })).toEqual([p2]);
      expect(await listed({ text: '%' })).toEqual([p2]);
      expect(await listed({ text: 'nobody' })).toEqual([]);
      expect(await listed({ text: 'goos', limit: 2 })).toEqual([p1, p0]);
      expect(await listed({ text: 'goos', after: { role: Role.ADMIN, userId: p1 } })).toEqual([p0, p8]);
      expect(await listed({ text: 'goos', after: { role: Role.MEMBER, userId: p0 } })).toEqual([p8]);
    });
  });
}
