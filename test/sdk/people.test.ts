import { type Contact, type GroupPolicy, Joining, newLinkCode, type RecordRefusal } from '@hongyan/sdk/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device } from './kit/device.ts';

vi.setConfig({ testTimeout: 20_000 });

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.create();
});
afterEach(closeDevices);
afterAll(() => server?.dispose());

const BY_APPROVAL: GroupPolicy = {
  ...{ membersInvite: true, membersMentionAll: false, membersPin: true, membersEdit: true },
  ...{ joining: Joining.APPROVAL, question: '', answer: '' },
  ...{ historyForNewcomers: true, muted: false, receiptsHidden: false },
};

const people = (count: number) => Promise.all(Array.from({ length: count }, () => Device.ofNewPerson(server)));
const sees = (device: Device, other: Device, holds: (contact: Contact) => boolean) =>
  device.until('contact', ({ contact }) => holds(contact(other.me.userId)));
const is = (device: Device, other: Device, state: Contact['relation']['state']) =>
  sees(device, other, ({ relation }) => relation.state === state);
const refused = ({ client }: Device) => new Promise<RecordRefusal>((resolve) => client.on('recordRefused', resolve));

test('[B1, B5, PPL-1, PPL-2] a request made and answered without a network makes friends on all devices of both', async () => {
  const [anna, ben] = await people(2);
  if (!anna || !ben) throw new Error('two people were asked for');
  const laptop = await ben.second();
  anna.line.cut();
  anna.client.befriend(ben.me.userId, '我是安娜');
  expect(anna.client.contact(ben.me.userId).relation).toMatchObject({ state: 'requested', greeting: '我是安娜' });
  const again = await anna.restarted();
  await Promise.all([is(ben, again, 'received'), is(laptop, again, 'received')]);
  expect(laptop.client.contacts).toMatchObject([{ relation: { state: 'received', greeting: '我是安娜' } }]);
  laptop.client.befriend(again.me.userId);
  await Promise.all([again, ben, laptop].map((device) => is(device, device === again ? ben : again, 'friends')));
  again.client.unfriend(ben.me.userId);
  await Promise.all([is(ben, again, 'none'), is(again, ben, 'none')]);
});

test('[B1, PPL-2] who is told no sees it, may ask again, and may take that back', async () => {
  const [anna, ben] = await people(2);
  if (!anna || !ben) throw new Error('two people were asked for');
  anna.client.befriend(ben.me.userId, 'please');
  await is(ben, anna, 'received');
  ben.client.unfriend(anna.me.userId);
  await is(anna, ben, 'declined');
  anna.client.befriend(ben.me.userId, 'please');
  await is(ben, anna, 'received');
  anna.client.unfriend(ben.me.userId);
  await is(ben, anna, 'none');
});

test('[B2, B5] remarks and labels are one’s own, and alike on all devices', async () => {
  const [anna, ben] = await people(2);
  if (!anna || !ben) throw new Error('two people were asked for');
  const laptop = await anna.second();
  anna.client.setRemark(ben.me.userId, { remark: ' 老本 ', labels: ['work', 'work', '足球'] });
  await sees(laptop, ben, ({ remark, labels }) => remark === '老本' && labels.join() === 'work,足球');
  laptop.client.setRemark(ben.me.userId, { remark: '' });
  await sees(anna, ben, ({ remark, labels }) => remark === '' && labels.join() === 'work,足球');
  anna.client.setRemark(ben.me.userId, { labels: [] });
  expect([anna.client.contacts, ben.client.contacts]).toEqual([[], []]);
});

test('[B3, PPL-3] a request to somebody who blocks is taken back with a typed event, and so is one that is too long', async () => {
  const [anna, ben] = await people(2);
  if (!anna || !ben) throw new Error('two people were asked for');
  const laptop = await ben.second();
  ben.client.setBlocked(anna.me.userId, true);
  await sees(laptop, anna, ({ blocked }) => blocked);
  const first = refused(anna);
  anna.client.befriend(ben.me.userId, 'hello');
  expect(await first).toEqual({ kind: 'friend', userId: ben.me.userId, reason: 'NOT_ACCEPTED' });
  expect(anna.client.contacts).toEqual([]);
  laptop.client.setBlocked(anna.me.userId, false);
  await sees(ben, anna, ({ blocked }) => !blocked);
  const second = refused(anna);
  anna.client.befriend(ben.me.userId, 'x'.repeat(201));
  expect(await second).toMatchObject({ reason: 'LIMIT_EXCEEDED' });
  anna.client.befriend(ben.me.userId, 'hello');
  await is(ben, anna, 'received');
});

test('[B4, PPL-4] who may write and invite is one’s own to say, on all devices', async () => {
  const [anna, ben] = await people(2);
  if (!anna || !ben) throw new Error('two people were asked for');
  const laptop = await ben.second();
  expect([ben.client.whoMayWrite, ben.client.whoMayInvite]).toEqual(['everyone', 'everyone']);
  ben.client.setWhoMayWrite('friends');
  ben.client.setWhoMayInvite('nobody');
  await laptop.until('setting', ({ whoMayWrite, whoMayInvite }) => whoMayWrite + whoMayInvite === 'friendsnobody');
  const [handle] = anna.write(ben, 'let me in');
  await expect(handle?.until('sent')).rejects.toMatchObject({ message: expect.stringContaining('NOT_ACCEPTED') });
});

test('[E2, GRP-9] a link shows its group; joining asks the administrators, who let in or say nothing', async () => {
  const [owner, asker, other] = await people(3);
  if (!owner || !asker || !other) throw new Error('three people were asked for');
  const id = await owner.client.createGroup({ name: '读书会', members: [] });
  const linkCode = newLinkCode();
  await owner.client.change(id, { case: 'linkCode', value: linkCode }).until('sent');
  await owner.client.change(id, { case: 'policy', value: BY_APPROVAL }).until('sent');
  expect(await asker.client.previewGroup(id, linkCode)).toMatchObject({ name: '读书会', joining: 'approval' });
  await expect(asker.client.previewGroup(id, 'x'.repeat(16))).rejects.toMatchObject({ code: 'refused' });

  const wrong = refused(other);
  other.client.askToJoin(id, 'x'.repeat(16));
  expect(await wrong).toEqual({ kind: 'asking', conversationId: id, reason: 'FORBIDDEN' });
  expect(other.client.joinRequests).toEqual([]);

  asker.line.cut();
  asker.client.askToJoin(id, linkCode, '我想读书');
  expect(asker.client.joinRequests).toMatchObject([{ conversationId: id, mine: true, text: '我想读书' }]);
  asker.line.mend();
  other.client.askToJoin(id, linkCode);
  await owner.until('joinRequests', ({ joinRequests }) => joinRequests.length === 2);
  const requestOf = ({ me }: Device) => {
    const found = owner.client.joinRequests.find(({ userId }) => userId === me.userId);
    if (!found) throw new Error('the request is listed');
    return found;
  };
  expect(requestOf(asker)).toMatchObject({ conversationId: id, mine: false, text: '我想读书' });
  owner.client.dismissJoinRequest(requestOf(other));
  await owner.client.acceptJoinRequest(requestOf(asker)).until('sent');
  expect(owner.client.joinRequests).toEqual([]);
  await asker.until('conversations', ({ conversations }) => conversations.some((one) => one.id === id));
  await asker.until('joinRequests', ({ joinRequests }) => joinRequests.length === 0);
});
