import { expect, test } from 'vitest';
import { encodeConversationChange, encodeGroupCreated } from './codec.ts';
import { factsAfter, NO_FACTS } from './facts.ts';
import { type ConversationChange, EntryKind, Joining, Role } from './gen/hongyan.ts';

const changedBy = (seq: number, change: ConversationChange['change']) => ({
  seq,
  kind: EntryKind.CONVERSATION_CHANGED,
  body: encodeConversationChange({ change }),
});
const after = (...changes: ConversationChange['change'][]) =>
  changes.reduce((facts, change, index) => factsAfter(facts, changedBy(index + 1, change)), {
    ...NO_FACTS,
    memberCount: 3,
  });
const policy = {
  membersInvite: true,
  membersMentionAll: false,
  membersPin: true,
  membersEdit: false,
  joining: Joining.OPEN,
  question: '',
  answer: '',
  historyForNewcomers: true,
  muted: true,
  receiptsHidden: false,
};

test('[E1] name, avatar, announcement, lifetime and policy are what the last change of each said', () => {
  const facts = after(
    { case: 'name', value: 'first' },
    { case: 'avatar', value: '🦢' },
    { case: 'announcement', value: 'read me' },
    { case: 'lifetimeMs', value: 5_000 },
    { case: 'policy', value: policy },
    { case: 'linkCode', value: 'abc' },
    { case: 'name', value: 'second' },
  );
  expect(facts).toEqual({
    ...{ seq: 7, name: 'second', avatar: '🦢', announcement: 'read me', announcementSeq: 3, pinnedSeqs: [] },
    ...{ lifetimeMs: 5_000, policy, memberCount: 3, dissolved: false, linkCode: 'abc' },
  });
});

test('[E1] an announcement that is taken back was made by no entry', () => {
  const text = (value: string) => ({ case: 'announcement', value }) as const;
  expect(after(text('read me'), text(''))).toMatchObject({ announcement: '', announcementSeq: 0 });
});

test('[C6] pinned messages stand in the order of pinning, each once', () => {
  const pin = (value: number) => ({ case: 'pinnedSeq', value }) as const;
  expect(after(pin(9), pin(4), pin(9), pin(7), { case: 'unpinnedSeq', value: 4 }).pinnedSeqs).toEqual([9, 7]);
  expect(after({ case: 'unpinnedSeq', value: 4 }).pinnedSeqs).toEqual([]);
});

test('[E2] who joins and leaves is counted, and what one member is changes nothing else', () => {
  const userIds = ['u0000000000000000', 'u0000000000000001', 'u0000000000000001'];
  const [userId] = userIds as [string];
  expect(after({ case: 'membersAdded', value: { userIds } }).memberCount).toBe(5);
  expect(after({ case: 'membersRemoved', value: { userIds } }).memberCount).toBe(1);
  const left = { case: 'left', value: {} } as const;
  expect(after(left, left, left, left).memberCount).toBe(0);
  expect(
    after(
      { case: 'roleGiven', value: { userId, role: Role.ADMIN } },
      { case: 'memberMuted', value: { userId, untilMs: 9 } },
      { case: 'nickname', value: 'me' },
    ),
  ).toEqual({ ...NO_FACTS, memberCount: 3, seq: 3 });
  expect(after({ case: 'dissolved', value: {} }).dissolved).toBe(true);
});

test('[E1] a group begins with its name', () => {
  const body = encodeGroupCreated({ name: 'geese' });
  expect(factsAfter(NO_FACTS, { seq: 1, kind: EntryKind.GROUP_CREATED, body })).toMatchObject({
    seq: 1,
    name: 'geese',
  });
});

test('[SYN-4] an entry that the facts cover already, or that is no change of the conversation, changes nothing', () => {
  const facts = after({ case: 'name', value: 'a' }, { case: 'name', value: 'b' });
  expect(factsAfter(facts, changedBy(2, { case: 'name', value: 'late' }))).toBe(facts);
  expect(factsAfter(facts, { seq: 3, kind: EntryKind.MESSAGE, body: Uint8Array.of() })).toBe(facts);
});

test('[E1] a body that cannot be read, or of a newer kind, only moves the place', () => {
  const facts = after({ case: 'name', value: 'a' });
  for (const body of [Uint8Array.of(255), Uint8Array.of(), Uint8Array.of(250, 1, 0)]) {
    expect(factsAfter(facts, { seq: 9, kind: EntryKind.CONVERSATION_CHANGED, body })).toEqual({ ...facts, seq: 9 });
  }
});
