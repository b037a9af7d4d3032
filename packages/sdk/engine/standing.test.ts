import {
  type ConversationChange,
  EntryKind,
  encodeGroupCreated,
  type Membership,
  NO_FACTS,
  Role,
} from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { changing, pushed, shown } from './testing/changing.ts';
import { connected } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';

// The model server's one conversation stands for a group here: facts and memberships work alike in every kind.
const member: Membership = { role: Role.MEMBER, firstSeq: 1, former: false, mutedUntilMs: 0, nickname: '' };

let server: ModelServer;
let device: Device;

beforeEach(async () => {
  server = new ModelServer();
  server.pageSize = 50;
  server.facts = { ...NO_FACTS, name: 'geese', memberCount: 3 };
  server.membership = member;
  server.append(ben, 'one');
  device = await connected(server);
});

const item = () => device.engine.conversations()[0];
const change = (by: string, value: ConversationChange['change']) =>
  pushed(device, changing(server).conversation(by, value));
const update = () =>
  device.receive(pushFrame({ case: 'conversationUpdate', value: { state: server.state(), entries: [] } }));

test('[MSG-24, E1] facts come with the state, go on with the entries, and need no fetch', async () => {
  expect(item()).toMatchObject({ name: 'geese', memberCount: 3, role: Role.MEMBER, former: false });
  change(ben, { case: 'name', value: 'swans' });
  change(ben, { case: 'pinnedSeq', value: 1 });
  change(ben, { case: 'membersAdded', value: { userIds: ['u0000000000000009'] } });
  expect(item()).toMatchObject({ name: 'swans', pinnedSeqs: [1], memberCount: 4 });
  expect(device.take().map(({ body }) => body?.case)).not.toContain('fetchConversation');
  await device.restart();
  expect(item()).toMatchObject({ name: 'swans', pinnedSeqs: [1], memberCount: 4, role: Role.MEMBER });
});

test('[MSG-24] an entry that the facts cover already is not counted twice', () => {
  server.facts = { ...NO_FACTS, name: 'geese', memberCount: 3 };
  const added = changing(server).conversation(ben, { case: 'membersAdded', value: { userIds: ['u0000000000000009'] } });
  update();
  pushed(device, added);
  expect(item()?.memberCount).toBe(4);
});

test('[MSG-26, E1] a change of the group is a line, and brings the conversation up', () => {
  device.do({ type: 'timelineOpened', conversationId });
  change(ben, { case: 'name', value: 'swans' });
  const content = { kind: 'change', change: { case: 'name', value: 'swans' } };
  expect(shown(device).at(-1)?.content).toEqual(content);
  expect(item()).toMatchObject({ activeAtMs: 2, unreadCount: 1, lastMessage: { content } });
});

test('[MSG-24, E3] what the account is follows from the entries', () => {
  change(ben, { case: 'roleGiven', value: { userId: anna, role: Role.OWNER } });
  change(anna, { case: 'nickname', value: 'An' });
  change(ben, { case: 'memberMuted', value: { userId: anna, untilMs: 99 } });
  change(ben, { case: 'memberMuted', value: { userId: ben, untilMs: 77 } });
  expect(item()).toMatchObject({ role: Role.OWNER, nickname: 'An', mutedUntilMs: 99 });
  change(anna, { case: 'roleGiven', value: { userId: ben, role: Role.OWNER } });
  expect(item()?.role).toBe(Role.ADMIN);
});

test('[MSG-24, E2] who was removed keeps what is held, and what they write is refused at once', async () => {
  change(ben, { case: 'membersRemoved', value: { userIds: [anna] } });
  expect(item()).toMatchObject({ former: true, memberCount: 2 });
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  expect(shown(device)).toHaveLength(2);
  device.compose('too late');
  expect(device.takeSends()).toEqual([]);
  expect(shown(device).at(-1)?.state).toEqual({ name: 'failed', reason: 'FORBIDDEN' });
});

test('[MSG-24, E2] nobody writes any more in a group that was dissolved', () => {
  change(ben, { case: 'dissolved', value: {} });
  device.compose('too late');
  expect([item()?.dissolved, device.takeSends()]).toEqual([true, []]);
});

test('[MSG-24] whoever is added again asks from where on it may read', () => {
  change(ben, { case: 'membersRemoved', value: { userIds: [anna] } });
  server.membership = { ...member, nickname: 'again' };
  change(ben, { case: 'membersAdded', value: { userIds: [anna] } });
  device.settle(server);
  expect(item()).toMatchObject({ former: false, nickname: 'again', memberCount: 3 });
});

test('[MSG-24, E1] what the first entry of a group does not say is asked for', () => {
  const created = { ...new ModelServer().append(ben, 'created'), kind: EntryKind.GROUP_CREATED };
  const id = 'group.g0000000000000000';
  pushed(device, { ...created, conversationId: id, body: encodeGroupCreated({ name: 'new' }) });
  expect(device.engine.conversations().find((group) => group.id === id)?.name).toBe('new');
  const fetch = { case: 'fetchConversation', value: expect.objectContaining({ conversationId: id }) };
  expect(device.take().map(({ body }) => body)).toContainEqual(fetch);
});

test('[MSG-24, E4] what lies before the membership is dropped, from the screen and from the store', async () => {
  for (let n = 2; n <= 6; n++) pushed(device, server.append(ben, `m${n}`));
  device.do({ type: 'timelineOpened', conversationId });
  await device.read();
  expect(shown(device)).toHaveLength(6);
  server.facts = { ...NO_FACTS, seq: 1 };
  server.membership = { ...member, firstSeq: 4 };
  update();
  expect(shown(device).map(({ seq }) => seq)).toEqual([4, 5, 6]);
  expect(device.engine.timeline(conversationId)?.hasOlder).toBe(false);
  expect((await device.stored()).map(({ seq }) => seq)).toEqual([4, 5, 6]);
  server.membership = { ...member, firstSeq: 9 };
  update();
  device.finishStoring();
  expect(shown(device)).toEqual([]);
  expect(await device.stored()).toEqual([]);
});

test('[MSG-24, O2] a record that an earlier version kept is read: its last entry is the last line', async () => {
  const [record] = (await device.store.load())?.conversations ?? [];
  if (!record) throw new Error('the conversation is kept');
  const { facts: _, membership: __, shown: ___, timed: ____, firstSeq: _____, mentions: ______, ...old } = record;
  const later = new Device();
  await later.start();
  later.store.applyNow('d0000000000000000', {
    ...{ entries: await device.stored(), erased: [], conversations: [old] },
    ...{ outboxPut: [], outboxRemove: [], records: [], userSeq: 0 },
  });
  await later.restart();
  expect(later.engine.conversations()).toMatchObject([{ name: '', mentionCount: 0, lastMessage: { id: 'one' } }]);
  later.online(server);
});
