import { NEW_GROUP_POLICY, plainMember } from '@hongyan/core';
import { type AppendRequest, HERE, type Store, type StoredMember } from '@hongyan/core/ports';
import { Joining, Role } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import {
  ann,
  appendAll,
  ben,
  changing,
  cho,
  crowd,
  facts,
  founding,
  joining,
  leaving,
  message,
} from './store-fixtures.ts';

const write = (id: string, fields: Partial<AppendRequest> = {}) => message(id, { conversationId: crowd, ...fields });
const outdated = expect.objectContaining({ name: 'StoreError', kind: 'rejected', reason: 'conversation-changed' });

export function groupChangeContract(store: () => Store): void {
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
      const policy = { ...NEW_GROUP_POLICY, joining: Joining.QUESTION, question: 'Where to?', muted: true };
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
      expect(await store().log.facts(crowd)).toEqual((await head()).facts);
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

    test('[E2] a conversation in which nothing was changed has no facts, nor has one that is not there', async () => {
      await store().log.append(founding([ann]));
      expect(await store().log.facts(crowd)).toBeUndefined();
      expect(await store().log.facts('group.g0')).toBeUndefined();
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
}
