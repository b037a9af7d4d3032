import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Client, Message } from '../../packages/sdk/index.ts';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device } from './kit/device.ts';

vi.setConfig({ testTimeout: 20_000 });

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.create();
});
afterEach(closeDevices);
afterAll(() => server?.dispose());

/** Anna at her phone and her laptop, and Ben. */
async function threeDevices() {
  const [phone, ben] = await Promise.all([Device.ofNewPerson(server), Device.ofNewPerson(server)]);
  return { phone, ben, laptop: await phone.second() };
}

const item = ({ conversations }: Client, id: string) => conversations.find((conversation) => conversation.id === id);
const lastOf = (device: Device, id: string) => item(device.client, id)?.lastMessage as Message;
const shows = (device: Device, id: string, holds: (message: Message) => boolean) =>
  device.until('conversations', (client) => {
    const last = item(client, id)?.lastMessage;
    return last !== undefined && holds(last);
  });
const says = (text: string) => (message: Message) => message.content.kind === 'text' && message.content.text === text;

test('[MSG-21, MSG-22, C3, C4] an edit, a reaction and a recall reach everybody, live', async () => {
  const { phone, laptop, ben } = await threeDevices();
  const id = phone.with(ben);
  await phone.client.sendText(id, 'frist').until('sent');
  await shows(ben, id, says('frist'));
  await phone.client.edit(lastOf(phone, id), 'first').until('sent');
  await Promise.all([phone, laptop, ben].map((device) => shows(device, id, says('first'))));
  const timeline = phone.client.openTimeline(id);
  await ben.client.react(lastOf(ben, id), ['👍']).until('sent');
  await new Promise<void>((resolve) => {
    const check = () => timeline.messages[0]?.reactions[0]?.emoji === '👍' && resolve();
    timeline.onChange(check);
    check();
  });
  expect((await ben.client.history(lastOf(ben, id))).map(({ content }) => content)).toMatchObject([
    { text: 'frist' },
    { text: 'first' },
  ]);
  await phone.client.recall(lastOf(phone, id)).until('sent');
  await Promise.all([phone, laptop, ben].map((device) => shows(device, id, ({ erased }) => erased)));
  expect(item(ben.client, id)?.unreadCount).toBe(0);
  timeline.close();
});

test('[OUT-12] nobody edits what somebody else wrote: it is taken back', async () => {
  const { phone, ben } = await threeDevices();
  const id = phone.with(ben);
  await phone.client.sendText(id, 'mine').until('sent');
  await shows(ben, id, says('mine'));
  const handle = ben.client.edit(lastOf(ben, id), 'theirs');
  await expect(handle.until('sent')).rejects.toMatchObject({ code: 'refused' });
  await shows(ben, id, says('mine'));
});

test('[MSG-23, C5] a message with a lifetime is erased on all devices by itself', async () => {
  const { phone, laptop, ben } = await threeDevices();
  const id = phone.with(ben);
  await phone.client.send(id, { kind: 'text', text: 'brief' }, { lifetime: { ms: 5_000, from: 'sent' } }).until('sent');
  await shows(ben, id, says('brief'));
  await Promise.all([phone, laptop, ben].map((device) => shows(device, id, ({ erased }) => erased)));
});

test('[MSG-24, E1, E2] a group: its name, its members, and who is not there any more', async () => {
  const { phone, laptop, ben } = await threeDevices();
  const benId = ben.client.me?.userId ?? '';
  const id = await phone.client.createGroup({ name: 'geese', members: [benId] });
  const knows = (device: Device, holds: (of: NonNullable<ReturnType<typeof item>>) => boolean) =>
    device.until('conversations', (client) => {
      const known = item(client, id);
      return known !== undefined && holds(known);
    });
  await Promise.all([phone, laptop, ben].map((device) => knows(device, ({ name }) => name === 'geese')));
  await phone.client.change(id, { case: 'name', value: 'swans' }).until('sent');
  await Promise.all(
    [laptop, ben].map((device) => knows(device, ({ name, memberCount }) => name === 'swans' && memberCount === 2)),
  );
  expect((await ben.client.members(id)).members.map(({ userId }) => userId)).toContain(benId);
  await phone.client.change(id, { case: 'membersRemoved', value: { userIds: [benId] } }).until('sent');
  await Promise.all([knows(ben, ({ former }) => former), knows(laptop, ({ memberCount }) => memberCount === 1)]);
  await expect(ben.client.sendText(id, 'too late').until('sent')).rejects.toMatchObject({ code: 'refused' });
});

test('[MSG-28, C9] history at a date and at a message', async () => {
  const { phone, ben } = await threeDevices();
  const id = phone.with(ben);
  for (let n = 1; n <= 120; n++) phone.client.sendText(id, `m${n}`);
  await shows(ben, id, says('m120'));
  const fresh = await ben.second();
  await shows(fresh, id, says('m120'));
  const timeline = fresh.client.openTimeline(id, { at: { seq: 20 } });
  await vi.waitFor(() => expect(timeline.messages.map(({ seq }) => seq)).toContain(20));
  while (timeline.hasNewer) await timeline.loadNewer();
  expect(timeline.messages.at(-1)).toMatchObject({ seq: 120 });
  const [, second] = timeline.messages;
  const dated = fresh.client.openTimeline(id, { at: { date: new Date(second?.serverTimeMs ?? 0) } });
  await dated.ready;
  await vi.waitFor(() => expect(dated.messages.length).toBeGreaterThan(0));
});
