import { NEW_GROUP_POLICY } from '@hongyan/core';
import {
  DECLINED,
  DEFAULT_LIMITS,
  EntryKind,
  type EntryPage,
  ErrorCode,
  encodeAsking,
  encodeBlock,
  encodeServerFrame,
  encodeText,
  Joining,
  Role,
} from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GroupWorld, outcomeOf, userIdOf } from '../testing/group-world.ts';
import { ask, createLogic, type LogicCommandBody } from './index.ts';

const silent = { debug() {}, info() {}, warn() {}, error() {} };

let group: GroupWorld;

beforeEach(async () => {
  group = await GroupWorld.create();
});

const seqsSeenBy = (name: 'member' | 'stranger') =>
  group
    .peer(name)
    .pushes('entry')
    .map(({ seq }) => seq);

test('[GRP-1, LOG-2, P6] what is sent again is pushed to nobody who joined behind it where history is hidden', async () => {
  await group.change('owner', { case: 'policy', value: { ...NEW_GROUP_POLICY, historyForNewcomers: false } });
  const value = { conversationId: group.group, clientMessageId: 'again', clientTimeMs: 0, body: encodeText('secret') };
  const first = await group.ask('owner', { case: 'sendMessage', value });
  await group.change('owner', { case: 'membersAdded', value: { userIds: [userIdOf('stranger')] } });
  const [joinedAt] = seqsSeenBy('stranger');
  expect(await group.ask('owner', { case: 'sendMessage', value })).toMatchObject({ value: { ...first.value } });
  expect(seqsSeenBy('stranger')).toEqual([joinedAt]);
  const { seq } = first.value as { seq: number };
  expect(seqsSeenBy('member').filter((seen) => seen === seq)).toHaveLength(2);
});

describe('mentions', () => {
  const forged = ['nobody', '', 'a\0b', 'u'.repeat(9_000), `${userIdOf('owner')} `];
  test.each(forged)('[LOG-5, P8, P9] of %j, which is no account, are refused, in edits too', async (mentioned) => {
    expect(outcomeOf(await group.write('member', 'hi', { ids: [mentioned] }))).toBe('INVALID_ARGUMENT');
    const seq = await group.said('member', 'hi');
    const header = {
      targetSeq: seq,
      mentionedIds: [mentioned],
      mentionsAll: false,
      lifetimeMs: 0,
      livesFromRead: false,
    };
    const value = { conversationId: group.group, clientMessageId: 'edit', clientTimeMs: 0, header };
    const edit = { ...value, kind: EntryKind.EDIT, body: encodeText('better') };
    expect(outcomeOf(await group.ask('member', { case: 'changeConversation', value: edit }))).toBe('INVALID_ARGUMENT');
  });

  test('[LOG-6, P8] a page of messages and edits that are as large as can be fits into a frame', async () => {
    const limits = DEFAULT_LIMITS;
    const ids = Array.from({ length: 100 }, (_, at) => `u${String(at).padStart(16, '0')}`);
    const seqs: number[] = [];
    for (let at = 0; at < limits.pageEntriesMax; at++) seqs.push(await said('x'.repeat(1_200), ids));
    const header = { mentionedIds: ids, mentionsAll: false, lifetimeMs: 0, livesFromRead: false };
    for (const targetSeq of seqs) {
      const named = { conversationId: group.group, clientMessageId: `e${targetSeq}`, clientTimeMs: 0 };
      const edit = {
        ...named,
        kind: EntryKind.EDIT,
        header: { ...header, targetSeq },
        body: encodeText('y'.repeat(1_200)),
      };
      await group.ask('member', { case: 'changeConversation', value: edit });
    }
    const [first = 0] = seqs;
    const wanted = { conversationId: group.group, afterSeq: first - 1, beforeSeq: 0, limit: limits.pageEntriesMax };
    const answer = await group.ask('member', { case: 'fetchEntries', value: wanted });
    expect((answer.value as EntryPage).changes.length).toBeGreaterThan(0);
    const frame = encodeServerFrame({ frame: { case: 'reply', value: { id: 1, body: answer } } });
    expect(frame.length).toBeLessThan(limits.frameBytesMax);
  });

  async function said(text: string, ids: string[]): Promise<number> {
    const answer = await group.write('member', text, { ids });
    return (answer.value as { seq: number }).seq;
  }
});

describe('the group', () => {
  const never: [string, Parameters<GroupWorld['change']>[1], string][] = [
    ['a name in which the direction turns', { case: 'name', value: '\u202eeseeG' }, 'INVALID_ARGUMENT'],
    ['a name of what nobody sees', { case: 'name', value: '\u200b' }, 'INVALID_ARGUMENT'],
    ['a nickname with NUL', { case: 'nickname', value: 'a\0b' }, 'INVALID_ARGUMENT'],
    ['an avatar of two lines', { case: 'avatar', value: 'a\nb' }, 'INVALID_ARGUMENT'],
    ['an announcement with NUL', { case: 'announcement', value: 'a\0b' }, 'INVALID_ARGUMENT'],
    ['a way to join that there is not', { case: 'policy', value: { ...NEW_GROUP_POLICY, joining: 99 as Joining } }, 'INVALID_ARGUMENT'],
  ]; // biome-ignore format: a table
  test.each(never)('[GRP-6, P9] takes not %s', async (_what, change, outcome) => {
    expect(outcomeOf(await group.change('owner', change))).toBe(outcome);
  });

  test('[GRP-6, P9] a search among members for what no name has is refused', async () => {
    const value = { conversationId: group.group, query: 'a\0', after: '', limit: 10 };
    expect(outcomeOf(await group.ask('member', { case: 'fetchMembers', value }))).toBe('INVALID_ARGUMENT');
  });

  test('[GRP-5, MSG-2, P7] that was dissolved still lets its members take back what they wrote', async () => {
    const seq = await group.said('member', 'regretted');
    await group.change('owner', { case: 'dissolved', value: {} });
    expect(outcomeOf(await group.amend('member', EntryKind.EDIT, seq, encodeText('x')))).toBe('FORBIDDEN');
    expect(outcomeOf(await group.amend('otherMember', EntryKind.RECALL, seq))).toBe('FORBIDDEN');
    expect(outcomeOf(await group.amend('member', EntryKind.RECALL, seq))).toBe('ok');
  });
});

test('[GRP-6] who passes the group on becomes an administrator, so it is refused where there are 50', async () => {
  const { store } = group.world;
  const userIds = Array.from({ length: 48 }, (_, at) => `u${String(at).padStart(16, 'a')}`);
  for (const [at, userId] of userIds.entries()) {
    const names = { handle: `extra${at}`, displayName: 'x', statusLine: '', passwordHash: '' };
    await store.accounts.createUser({ userId, ...names, createdAtMs: 0 });
  }
  await group.change('owner', { case: 'membersAdded', value: { userIds } });
  const give = async (userId: string, role: Role) =>
    outcomeOf(await group.change('owner', { case: 'roleGiven', value: { userId, role } }));
  for (const userId of userIds) expect(await give(userId, Role.ADMIN)).toBe('ok');
  expect(await give(userIdOf('member'), Role.ADMIN)).toBe('LIMIT_EXCEEDED');
  expect(await give(userIdOf('member'), Role.OWNER)).toBe('LIMIT_EXCEEDED');
  expect(await give(userIdOf('admin'), Role.OWNER)).toBe('ok');
});

test('[LOG-4, GRP-9, P6] who never was in a group is not told whether there is one', async () => {
  const asked = async (conversationId: string) => {
    const fetch = { case: 'fetchEntries', value: { conversationId, afterSeq: 0, beforeSeq: 0, limit: 1 } } as const;
    const record = { key: `asking/${conversationId}`, changedAtMs: 1, value: Uint8Array.of(10, 1, 120) };
    return [await group.ask('stranger', fetch), await group.ask('stranger', { case: 'setRecord', value: { record } })];
  };
  expect(await asked('group.g0000000000000000')).toEqual(await asked(group.group));
});

describe('a node that missed that a member was removed', () => {
  test('[GRP-1, RCP-9, P6] tells it neither members, nor receipts, nor what the group is now', async () => {
    const elsewhere = createLogic({ ...group.world, logger: silent });
    const asked = async (body: LogicCommandBody) =>
      ask({ logic: elsewhere, clock: group.world.clock }, { userId: userIdOf('member') }, body).catch(
        ({ code }: { code: ErrorCode }) => code,
      );
    const conversationId = group.group;
    const seq = await group.said('owner', 'hi');
    const members = { case: 'fetchMembers', value: { conversationId, query: '', after: '', limit: 9 } } as const;
    const counts = { case: 'fetchReceiptCounts', value: { conversationId, seqs: [seq] } } satisfies LogicCommandBody;
    const receivers = {
      case: 'fetchReceivers',
      value: { conversationId, seq, stage: 3, after: '', limit: 9 },
    } as const;
    expect(await asked(members)).toMatchObject({ case: 'memberPage' });
    await group.change('owner', { case: 'membersRemoved', value: { userIds: [userIdOf('member')] } });
    await group.change('owner', { case: 'name', value: 'Swans' });
    for (const body of [members, counts, receivers]) expect(await asked(body)).toBe(ErrorCode.FORBIDDEN);
    const update = await asked({ case: 'fetchConversation', value: { conversationId, limit: 9 } });
    expect(update).toMatchObject({ value: { state: { facts: { name: 'Geese' }, membership: { former: true } } } });
  });
});

describe('who is blocked', () => {
  const block = () =>
    group.ask('owner', {
      case: 'setRecord',
      value: {
        record: { key: `block/${userIdOf('stranger')}`, changedAtMs: 1, value: encodeBlock({ blocked: true }) },
      },
    });
  const set = async (key: string, value: Uint8Array) =>
    outcomeOf(await group.ask('stranger', { case: 'setRecord', value: { record: { key, changedAtMs: 2, value } } }));
  const toldToOwner = () =>
    group
      .peer('owner')
      .pushes('userEvent')
      .flatMap(({ event }) => (event?.case === 'recordChanged' ? [event.value.key] : []));

  test('[PPL-2, PPL-3, P6] says no, and nothing beside', async () => {
    await block();
    const friend = `friend/${userIdOf('owner')}`;
    const insult = Uint8Array.of(...DECLINED, 18, 2, 104, 105);
    expect(await set(friend, insult)).toBe('INVALID_ARGUMENT');
    expect(await set(friend, Uint8Array.of(...DECLINED, ...new Uint8Array(1_024)))).not.toBe('ok');
    expect(await set(friend, DECLINED.slice())).toBe('ok');
  });

  test('[PPL-3, GRP-9, P6] asks to join without who has blocked it being told', async () => {
    await block();
    await group.change('owner', { case: 'linkCode', value: 'k'.repeat(16) });
    const policy = { ...NEW_GROUP_POLICY, joining: Joining.APPROVAL };
    await group.change('owner', { case: 'policy', value: policy });
    const asking = encodeAsking({ linkCode: 'k'.repeat(16), text: 'hi' });
    expect(await set(`asking/${group.group}`, asking)).toBe('ok');
    expect(toldToOwner()).toEqual([`block/${userIdOf('stranger')}`]);
    const late = await group.world.online('admin');
    expect(late.pushes('records').flatMap(({ records }) => records.map(({ key }) => key))).toHaveLength(1);
    const large = Uint8Array.of(...asking, 0x9a, 6, 0x80, 8, ...new Uint8Array(1_024));
    expect(await set(`asking/${group.group}`, large)).toBe('LIMIT_EXCEEDED');
  });
});

test('[RCP-8, P6] receipts that are hidden within a second of being moved are told to oneself alone', async () => {
  const seq = await group.said('owner', 'hi');
  const value = { conversationId: group.group, deliveredSeq: seq, readSeq: seq };
  await group.ask('member', { case: 'advanceCursor', value });
  await group.change('owner', { case: 'policy', value: { ...NEW_GROUP_POLICY, receiptsHidden: true } });
  await group.world.logic.drain();
  expect(group.peer('owner').pushes('receipts')).toEqual([]);
});
