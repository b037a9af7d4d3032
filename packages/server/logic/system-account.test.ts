import {
  directConversationId,
  ErrorCode,
  encodeBlock,
  encodeSetting,
  encodeText,
  Role,
  SYSTEM_USER_ID,
} from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { GroupWorld, outcomeOf, userIdOf } from '../testing/group-world.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { isReservedHandle, SystemAccount } from './system-account.ts';

const account = (userId: string, handle: string) => ({
  ...{ userId, handle, displayName: handle, statusLine: '', passwordHash: '', createdAtMs: 0 },
});

test('[API-2] the system’s account is made once, by however many nodes, also where its handle was taken before', async () => {
  const { accounts } = createMemoryStore();
  const nodes = [1, 2].map(() => new SystemAccount({ accounts, clock: new ManualClock() }));
  await Promise.all(nodes.flatMap((node) => [node.exists(), node.exists()]));
  expect(await accounts.userById(SYSTEM_USER_ID)).toMatchObject({ handle: 'system', passwordHash: '' });

  const taken = createMemoryStore().accounts;
  await taken.createUser(account(userIdOf('member'), 'System'));
  await new SystemAccount({ accounts: taken, clock: new ManualClock() }).exists();
  expect(await taken.userById(SYSTEM_USER_ID)).toMatchObject({ handle: SYSTEM_USER_ID });
  expect(['SYSTEM', 'system', SYSTEM_USER_ID, 'systems'].map(isReservedHandle)).toEqual([true, true, true, false]);
});

test('[API-2] a store that is away is asked again the next time', async () => {
  const { accounts } = createMemoryStore();
  let isAway = true;
  const flaky = {
    ...accounts,
    userById: async (id: string) => (isAway ? Promise.reject(new Error('away')) : accounts.userById(id)),
  };
  const system = new SystemAccount({ accounts: { ...accounts, ...flaky }, clock: new ManualClock() });
  await expect(system.exists()).rejects.toThrow('away');
  isAway = false;
  await system.exists();
  expect(await accounts.userById(SYSTEM_USER_ID)).toBeDefined();
});

const adding = (userId: string) => ({ case: 'membersAdded' as const, value: { userIds: [userId] } });
const toSystem = directConversationId(SYSTEM_USER_ID, userIdOf('member'));

function write(group: GroupWorld, conversationId: string, clientMessageId: string) {
  const value = { conversationId, clientMessageId, clientTimeMs: 0, body: encodeText('news') };
  return group.ask('system', { case: 'sendMessage', value });
}

function set(group: GroupWorld, key: string, value: Uint8Array) {
  return group.ask('member', { case: 'setRecord', value: { record: { key, changedAtMs: 1, value } } });
}

test('[API-2, PPL-4] what an account lets others write and invite to does not stop the system', async () => {
  const group = await GroupWorld.create();
  for (const name of ['who-may-write', 'who-may-invite'])
    expect(outcomeOf(await set(group, `setting/${name}`, encodeSetting({ value: 'nobody' })))).toBe('ok');
  expect(outcomeOf(await write(group, toSystem, 'n1'))).toBe('ok');
  await group.change('owner', { case: 'membersRemoved', value: { userIds: [userIdOf('member')] } });
  const again = adding(userIdOf('member'));
  expect(outcomeOf(await group.change('owner', again))).toBe('NOT_ACCEPTED');
  expect(outcomeOf(await group.change('system', again))).toBe('ok');
});

test('[API-2, PPL-3] a block stops the system, too', async () => {
  const group = await GroupWorld.create();
  expect(outcomeOf(await set(group, `block/${SYSTEM_USER_ID}`, encodeBlock({ blocked: true })))).toBe('ok');
  expect(outcomeOf(await write(group, toSystem, 'n1'))).toBe('NOT_ACCEPTED');
});

test('[API-1, API-2, P6] the system has no part in what two others say to each other', async () => {
  const group = await GroupWorld.create();
  const foreign = directConversationId(userIdOf('owner'), userIdOf('member'));
  expect(outcomeOf(await write(group, foreign, 'n1'))).toBe('FORBIDDEN');
  const page = { conversationId: foreign, afterSeq: 0, beforeSeq: 0, limit: 10 };
  expect(outcomeOf(await group.ask('system', { case: 'fetchEntries', value: page }))).toBe('FORBIDDEN');
  const notes = `self.${userIdOf('owner')}`;
  expect(outcomeOf(await write(group, notes, 'n2'))).toBe('FORBIDDEN');
});

test('[API-2, GRP-5] the system is in no group, and one that it passes on has one owner', async () => {
  const group = await GroupWorld.create();
  const invited = adding(SYSTEM_USER_ID);
  for (const name of ['owner', 'system'] as const)
    expect(await group.change(name, invited)).toMatchObject({ value: { code: ErrorCode.INVALID_ARGUMENT } });
  const passed = { case: 'roleGiven', value: { userId: userIdOf('member'), role: Role.OWNER } } as const;
  expect(outcomeOf(await group.change('system', passed))).toBe('ok');
  const members = await group.world.store.log.members({
    conversationId: group.group,
    text: '',
    after: undefined,
    limit: 20,
  });
  expect(members.filter(({ role }) => role === Role.OWNER).map(({ userId }) => userId)).toEqual([userIdOf('member')]);
  expect(members.find(({ userId }) => userId === userIdOf('owner'))?.role).toBe(Role.ADMIN);
  expect(members.some(({ userId }) => userId === SYSTEM_USER_ID)).toBe(false);
});
