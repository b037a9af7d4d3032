import {
  type ConversationChange,
  ConversationKind,
  type ConversationState,
  type Entry,
  EntryKind,
  encodeConversationChange,
  encodeText,
  groupConversationId,
  NO_FACTS,
  Role,
} from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { mergeConversation } from '../stores/store.ts';
import { ConversationLog } from './conversation-log.ts';

const conversationId = groupConversationId(new Uint8Array(16));
const [me, ben, cem, dora] = ['ume', 'uben', 'ucem', 'udora'];
const membership = { role: Role.MEMBER, firstSeq: 1, former: false, mutedUntilMs: 0, nickname: '' };
const cursor = (userId: string, seq: number) => ({ userId, deliveredSeq: seq, readSeq: seq });

const state = (lastSeq: number, more: Partial<ConversationState> = {}): ConversationState => ({
  conversationId,
  kind: ConversationKind.GROUP,
  lastSeq,
  cursors: [cursor(me, 1), cursor(ben, 1), cursor(cem, 1)],
  unreadCount: 0,
  mentionCount: 0,
  facts: { ...NO_FACTS, seq: 1, memberCount: 3 },
  membership,
  ...more,
});

const entry = (seq: number, senderId: string, kind: EntryKind, body: Uint8Array): Entry => ({
  ...{ conversationId, seq, kind, senderId, body, header: undefined },
  ...{ clientMessageId: `m${seq}`, clientTimeMs: seq, serverTimeMs: seq },
});
const said = (seq: number, senderId: string) => entry(seq, senderId, EntryKind.MESSAGE, encodeText(`${seq}`));
const changed = (seq: number, senderId: string, change: ConversationChange['change']) =>
  entry(seq, senderId, EntryKind.CONVERSATION_CHANGED, encodeConversationChange({ change }));

let log: ConversationLog;
const offer = (...entries: Entry[]) => entries.flatMap((each) => log.offer(each, 999));
const told = () => log.cursors.map(({ userId }) => userId).sort();

beforeEach(() => {
  log = new ConversationLog(conversationId, me);
  offer(entry(1, ben, EntryKind.GROUP_CREATED, new Uint8Array()));
  log.confirm(state(1));
});

test('[RCP-4, MSG-24] the cursors of who left go, and who comes has none yet, as the server tells them', () => {
  offer(changed(2, ben, { case: 'membersRemoved', value: { userIds: [cem] } }));
  expect(told()).toEqual([ben, me].sort());
  offer(changed(3, ben, { case: 'membersAdded', value: { userIds: [dora] } }));
  expect(log.cursors).toContainEqual({ userId: dora, deliveredSeq: 0, readSeq: 0 });
  offer(changed(4, dora, { case: 'left', value: {} }));
  expect(told()).toEqual([ben, me].sort());
  expect(log.position.cursorSum).toBe(4);
});

test('[GRP-1, MSG-24] who left is told of no cursors but its own', () => {
  offer(changed(2, ben, { case: 'membersRemoved', value: { userIds: [me] } }));
  expect(told()).toEqual([me]);
});

test('[MSG-24] a state that goes further tells whose cursors there are; where receipts are hidden, one’s own', () => {
  const facts = { ...NO_FACTS, seq: 2, memberCount: 3 };
  log.observe(state(2, { facts, cursors: [cursor(me, 1)] }));
  expect(told()).toEqual([me]);
});

test('[MSG-24] a store keeps no cursors of who left, whatever another tab still has', () => {
  const before = log.record();
  offer(changed(2, ben, { case: 'membersRemoved', value: { userIds: [cem] } }));
  for (const merged of [mergeConversation(before, log.record(), []), mergeConversation(log.record(), before, [])]) {
    expect(merged.cursors.map(({ userId }) => userId).sort()).toEqual([ben, me].sort());
  }
});

test('[MSG-24] a state that is older than the log does not answer what an entry asked', () => {
  const group = new ConversationLog(conversationId, me);
  group.offer(entry(1, ben, EntryKind.GROUP_CREATED, new Uint8Array()), 999);
  group.offer(changed(2, ben, { case: 'name', value: 'swans' }), 999);
  group.confirm(state(1));
  expect(group.missing).toBe('state');
  group.confirm(state(2, { facts: { ...NO_FACTS, seq: 2, memberCount: 3, name: 'swans' } }));
  expect(group.missing).toBe('nothing');
  expect(group.membership).toEqual(membership);
});

test('[GRP-1, RCP-5] who joins again has nothing unread of what it may not read any more', () => {
  offer(said(2, ben), changed(3, ben, { case: 'membersRemoved', value: { userIds: [me] } }));
  offer(changed(4, ben, { case: 'membersAdded', value: { userIds: [me] } }));
  expect(log.unreadCount).toBe(1);
  const facts = { ...NO_FACTS, seq: 4, memberCount: 3 };
  log.confirm(state(4, { facts, membership: { ...membership, firstSeq: 4 } }));
  expect(log.unreadCount).toBe(0);
  expect(log.fromSeq).toBe(4);
});

test('[MSG-24] what the account is in a group is asked for again by a program that ended before it heard', () => {
  const group = new ConversationLog(conversationId, me);
  group.offer(entry(1, ben, EntryKind.GROUP_CREATED, new Uint8Array()), 999);
  const again = new ConversationLog(conversationId, me, group.record());
  expect(again.missing).toBe('state');
  again.confirm(state(1));
  expect(new ConversationLog(conversationId, me, again.record()).missing).toBe('nothing');
});
