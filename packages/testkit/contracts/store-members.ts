import { plainMember } from '@hongyan/core';
import type { MemberQuery, Store } from '@hongyan/core/ports';
import { Role } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { changing, crowd, facts, founding, leaving, user } from './store-fixtures.ts';

export function memberContract(store: () => Store): void {
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
