import { NEW_GROUP_POLICY } from '@hongyan/core';
import { EntryKind, ErrorCode, encodeText, Role } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { settle } from '../testing/gateway-world.ts';
import { GroupWorld, outcomeOf, userIdOf } from '../testing/group-world.ts';
import { createLogic } from './index.ts';

let group: GroupWorld;

beforeEach(async () => {
  group = await GroupWorld.create();
});

const seqsOf = (entries: readonly { seq: number }[]) => entries.map(({ seq }) => seq);

async function fetched(name: 'member' | 'former' | 'stranger', body: { afterSeq?: number; beforeSeq?: number } = {}) {
  const value = { conversationId: group.group, afterSeq: 0, beforeSeq: 0, limit: 100, ...body };
  const answer = await group.ask(name, { case: 'fetchEntries', value });
  return answer.case === 'entryPage' ? answer.value : answer;
}

async function stateOf(name: 'member' | 'former' | 'stranger') {
  const answer = await group.ask(name, {
    case: 'fetchConversation',
    value: { conversationId: group.group, limit: 100 },
  });
  return answer.case === 'conversationUpdate' ? answer.value : undefined;
}

const invite = (name: 'stranger' | 'former') =>
  group.change('owner', { case: 'membersAdded', value: { userIds: [userIdOf(name)] } });

const hideHistory = () =>
  group.change('owner', { case: 'policy', value: { ...NEW_GROUP_POLICY, historyForNewcomers: false } });

describe('who was a member', () => {
  test('[GRP-1, P6] hears of the entry that removed it, and of nothing after it', async () => {
    await group.said('owner', 'gone?');
    expect(group.peer('former').pushes('entry').at(-1)?.seq).toBe(group.removedAtSeq);
  });

  test('[GRP-1, P6] reads up to there, whatever it asks', async () => {
    const seq = await group.said('owner', 'secret');
    await group.amend('owner', EntryKind.EDIT, seq, encodeText('still secret'));
    const last = group.removedAtSeq;
    expect(await fetched('former')).toMatchObject({ lastSeq: last, changes: [] });
    expect(await fetched('former', { afterSeq: last })).toMatchObject({ entries: [], lastSeq: last });
    expect(await fetched('former', { beforeSeq: seq + 5 })).toMatchObject({ lastSeq: last });
    const changes = await group.ask('former', {
      case: 'fetchChanges',
      value: { conversationId: group.group, targetSeq: seq, afterSeq: 0, limit: 10 },
    });
    expect(changes).toMatchObject({ value: { entries: [] } });
    const update = await stateOf('former');
    expect(update?.state).toMatchObject({ lastSeq: last, membership: { former: true, role: Role.UNSPECIFIED } });
    expect(update?.entries.at(-1)?.seq).toBe(last);
  });

  test('[GRP-4, P6] is not told what the group is called since', async () => {
    await group.change('owner', { case: 'name', value: 'Swans' });
    const update = await stateOf('former');
    expect(update?.state?.facts).toMatchObject({ name: 'Geese', memberCount: 5 });
    expect(update?.state?.cursors.map(({ userId }) => userId)).toEqual([userIdOf('former')]);
  });

  test('[GRP-1, P4] a device that was away gets what the membership covered, once, and nothing to compare with later', async () => {
    await group.said('owner', 'after');
    const late = await group.world.online('former');
    const [update] = late.pushes('conversationUpdate');
    expect(update?.state).toMatchObject({ conversationId: group.group, lastSeq: group.removedAtSeq });
    const position = [group.group, group.removedAtSeq, 0, 0] as [string, number, number, number];
    const again = await group.world.online('former', { positions: [position] });
    expect(again.pushes('conversationUpdate')).toEqual([]);
  });

  test('[GRP-4] is told what the group was when that ended, and how far that goes', async () => {
    const update = await stateOf('former');
    expect(update?.state?.facts?.seq).toBe(group.removedAtSeq);
  });

  test('[GRP-7, SYN-22] says how far it holds the log, so that it has nothing to compare with', async () => {
    const value = { conversationId: group.group, deliveredSeq: 99, readSeq: 0 };
    await group.ask('former', { case: 'advanceCursor', value });
    expect(group.peer('former').pushes('receipt')).toMatchObject([{ deliveredSeq: group.removedAtSeq, readSeq: 0 }]);
  });

  test('[GRP-7] says how far it has read, and its unread are gone, and nobody else hears of it', async () => {
    await group.said('owner', 'one');
    const before = group.peer('member').pushes('receipts').length;
    const value = { conversationId: group.group, deliveredSeq: 99, readSeq: 99 };
    expect(outcomeOf(await group.ask('former', { case: 'advanceCursor', value }))).toBe('ok');
    await group.world.logic.drain();
    const update = await stateOf('former');
    expect(update?.state).toMatchObject({ unreadCount: 0, cursors: [{ readSeq: group.removedAtSeq }] });
    expect(group.peer('member').pushes('receipts')).toHaveLength(before);
  });
});

describe('who joins', () => {
  test('[E2, SYN-5] hears of the group at once and reads what was before, unless the group hides it', async () => {
    await group.said('owner', 'before');
    await invite('stranger');
    const { peer } = group;
    const last = group.peer('stranger').pushes('entry').at(-1);
    expect(last).toMatchObject({ conversationId: group.group, kind: EntryKind.CONVERSATION_CHANGED });
    expect(peer.call(group, 'stranger').pushes('userEvent')).toHaveLength(1);
    expect(await fetched('stranger')).toMatchObject({ lastSeq: last?.seq });
    expect(seqsOf(((await fetched('stranger')) as { entries: { seq: number }[] }).entries).at(0)).toBe(1);
  });

  test('[E4, GRP-1, P6] where history is hidden a newcomer reads from where it joined, also after leaving and coming again', async () => {
    await hideHistory();
    const before = await group.said('owner', 'between us');
    await invite('former');
    const page = (await fetched('former')) as { entries: { seq: number }[] };
    expect(seqsOf(page.entries)).toEqual([before + 1]);
    const state = (await stateOf('former'))?.state;
    expect(state).toMatchObject({ membership: { firstSeq: before + 1, former: false }, unreadCount: 0 });
    const recall = await group.amend('owner', EntryKind.RECALL, before);
    expect(outcomeOf(recall)).toBe('ok');
    expect(outcomeOf(await group.amend('former', EntryKind.REACTION, before))).toBe('NOT_FOUND');
    expect(await fetched('former', { beforeSeq: before + 1 })).toMatchObject({ entries: [] });
  });

  test('[RCP-5] a newcomer’s unread begin with what it may read', async () => {
    await hideHistory();
    for (let at = 0; at < 3; at++) await group.said('owner', 'before');
    await invite('stranger');
    await group.said('owner', 'after');
    expect((await stateOf('stranger'))?.state?.unreadCount).toBe(1);
  });
});

describe('several nodes', () => {
  test('[GRP-3] nobody writes by a membership that another node has ended, nor when muted there', async () => {
    const { store, bus, clock } = group.world;
    const silent = { debug() {}, info() {}, warn() {}, error() {} };
    const elsewhere = createLogic({ store, bus, clock, logger: silent });
    const run = (name: 'owner' | 'member', body: Parameters<typeof elsewhere.run>[1]['body']) => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      const caller = { userId: userIdOf(name), deviceId: 'd', sessionId: '' };
      const outcome = { deadlineMs: Number.MAX_SAFE_INTEGER, isAwaited: true, isOverdue: false };
      elsewhere.run(caller, { id: 1, body }, { ...outcome, done: () => resolve('ok'), failed: resolve });
      return promise;
    };
    const written = (clientMessageId: string) =>
      ({ conversationId: group.group, clientMessageId, clientTimeMs: 0, body: encodeText('x') }) as const;
    expect(await run('member', { case: 'sendMessage', value: written('e1') })).toBe('ok');
    await group.change('owner', { case: 'membersRemoved', value: { userIds: [userIdOf('member')] } });
    expect(await run('member', { case: 'sendMessage', value: written('e2') })).toMatchObject({
      code: ErrorCode.FORBIDDEN,
    });
    expect(await run('member', { case: 'sendMessage', value: written('e1') })).toBe('ok');
    await group.change('owner', { case: 'membersAdded', value: { userIds: [userIdOf('member')] } });
    expect(await run('member', { case: 'sendMessage', value: written('e3') })).toBe('ok');
    await group.change('owner', { case: 'policy', value: { ...NEW_GROUP_POLICY, muted: true } });
    expect(await run('member', { case: 'sendMessage', value: written('e4') })).toMatchObject({ code: ErrorCode.MUTED });
    await settle();
  });
});

describe('the group', () => {
  test('[GRP-5] has one owner, who passes it on before leaving', async () => {
    expect(outcomeOf(await group.change('owner', { case: 'left', value: {} }))).toBe('FORBIDDEN');
    const passing = { userId: userIdOf('member'), role: Role.OWNER };
    expect(outcomeOf(await group.change('owner', { case: 'roleGiven', value: passing }))).toBe('ok');
    expect(outcomeOf(await group.change('owner', { case: 'left', value: {} }))).toBe('ok');
    const page = await group.ask('member', {
      case: 'fetchMembers',
      value: { conversationId: group.group, query: '', after: '', limit: 2 },
    });
    expect(page).toMatchObject({
      value: { members: [{ userId: userIdOf('member'), role: Role.OWNER }, { role: Role.ADMIN }], next: /./ },
    });
  });

  test('[GRP-5] that was dissolved is read and not written', async () => {
    await group.change('owner', { case: 'dissolved', value: {} });
    expect(outcomeOf(await group.write('owner', 'anybody?'))).toBe('FORBIDDEN');
    expect(outcomeOf(await group.change('owner', { case: 'name', value: 'x' }))).toBe('FORBIDDEN');
    expect((await stateOf('member'))?.state?.facts?.dissolved).toBe(true);
  });

  test('[GRP-4] its facts are what the changes come to, for members who come later', async () => {
    await group.change('owner', { case: 'announcement', value: 'South!' });
    await group.change('owner', { case: 'name', value: 'Swans' });
    const facts = (await stateOf('member'))?.state?.facts;
    expect(facts).toMatchObject({ name: 'Swans', announcement: 'South!', memberCount: 5 });
    expect(facts?.announcementSeq).toBe((facts?.seq ?? 0) - 1);
  });

  const tooMuch: [string, Parameters<GroupWorld['change']>[1], string][] = [
    ['a long name', { case: 'name', value: 'x'.repeat(65) }, 'LIMIT_EXCEEDED'],
    ['no name', { case: 'name', value: '  ' }, 'INVALID_ARGUMENT'],
    ['a long announcement', { case: 'announcement', value: 'x'.repeat(4_097) }, 'LIMIT_EXCEEDED'],
    ['nobody to be added', { case: 'membersAdded', value: { userIds: [] } }, 'INVALID_ARGUMENT'],
    ['somebody who is in it', { case: 'membersAdded', value: { userIds: [userIdOf('member')] } }, 'INVALID_ARGUMENT'],
    ['somebody who is nobody', { case: 'membersAdded', value: { userIds: ['u0000000000000000'] } }, 'NOT_FOUND'],
    ['a short lifetime', { case: 'lifetimeMs', value: 10 }, 'INVALID_ARGUMENT'],
    ['a message that is not there', { case: 'pinnedSeq', value: 9_999 }, 'NOT_FOUND'],
    ['a role that is none', { case: 'roleGiven', value: { userId: userIdOf('member'), role: Role.UNSPECIFIED } }, 'INVALID_ARGUMENT'],
    ['oneself', { case: 'membersRemoved', value: { userIds: [userIdOf('owner')] } }, 'INVALID_ARGUMENT'],
  ]; // biome-ignore format: a table
  test.each(tooMuch)('[GRP-6, P9] takes not %s', async (_what, change, outcome) => {
    expect(outcomeOf(await group.change('owner', change))).toBe(outcome);
  });
});
