import { NEW_GROUP_POLICY } from '@hongyan/core';
import { ReceiptStage } from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { GroupWorld, outcomeOf, type PersonName, userIdOf } from '../testing/group-world.ts';

let group: GroupWorld;

beforeEach(async () => {
  group = await GroupWorld.create();
});

const counts = (name: PersonName, ...seqs: number[]) =>
  group.ask(name, { case: 'fetchReceiptCounts', value: { conversationId: group.group, seqs } });

const receivers = (seq: number, stage: ReceiptStage, after = '', limit = 10, name: PersonName = 'owner') =>
  group.ask(name, { case: 'fetchReceivers', value: { conversationId: group.group, seq, stage, after, limit } });

const advance = (name: PersonName, deliveredSeq: number, readSeq: number) =>
  group.ask(name, { case: 'advanceCursor', value: { conversationId: group.group, deliveredSeq, readSeq } });

test('[RCP-9, D1] who has read a message, who has it and who has not, without its sender', async () => {
  const seq = await group.said('owner', 'news');
  await advance('member', seq, seq);
  await advance('admin', seq, 0);
  expect(await counts('owner', seq)).toMatchObject({ value: { counts: [{ seq, read: 1, delivered: 1, missing: 2 }] } });
  expect(await receivers(seq, ReceiptStage.READ)).toMatchObject({ value: { userIds: [userIdOf('member')] } });
  expect(await receivers(seq, ReceiptStage.DELIVERED)).toMatchObject({ value: { userIds: [userIdOf('admin')] } });
  const missing = [userIdOf('otherAdmin'), userIdOf('otherMember')].sort();
  const [first = '', second = ''] = missing;
  expect(await receivers(seq, ReceiptStage.MISSING, '', 1)).toMatchObject({ value: { userIds: [first], more: true } });
  expect(await receivers(seq, ReceiptStage.MISSING, first, 1)).toMatchObject({
    value: { userIds: [second], more: false },
  });
});

test('[RCP-9, E1] who has read an announcement', async () => {
  const answer = await group.change('owner', { case: 'announcement', value: 'South!' });
  const seq = answer.case === 'messageSent' ? answer.value.seq : 0;
  await advance('member', seq, seq);
  expect(await counts('admin', seq)).toMatchObject({ value: { counts: [{ read: 1, missing: 3 }] } });
});

test('[RCP-9, P6] nobody asks who is no member, of what it may not read, or where it is hidden', async () => {
  const seq = await group.said('owner', 'news');
  expect(outcomeOf(await counts('former', seq))).toBe('FORBIDDEN');
  expect(outcomeOf(await counts('stranger', seq))).toBe('FORBIDDEN');
  expect(outcomeOf(await counts('member', 9_999))).toBe('NOT_FOUND');
  expect(outcomeOf(await counts('member', ...Array.from({ length: 51 }, () => seq)))).toBe('LIMIT_EXCEEDED');
  await group.change('owner', { case: 'policy', value: { ...NEW_GROUP_POLICY, receiptsHidden: true } });
  expect(outcomeOf(await counts('owner', seq))).toBe('FORBIDDEN');
});

test('[RCP-9, GRP-1] who joined later and may not read it is not waited for', async () => {
  const policy = { ...NEW_GROUP_POLICY, historyForNewcomers: false };
  await group.change('owner', { case: 'policy', value: policy });
  const seq = await group.said('owner', 'news');
  await group.change('owner', { case: 'membersAdded', value: { userIds: [userIdOf('stranger')] } });
  expect(await counts('owner', seq)).toMatchObject({ value: { counts: [{ read: 0, delivered: 0, missing: 4 }] } });
});
