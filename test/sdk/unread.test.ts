import type { Client, Message } from '@hongyan/sdk/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device, textOf } from './kit/device.ts';

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

const counts = ({ unread: { messages, mentions } }: Client) => `${messages}/${mentions}`;
/** Resolves once the device counts so many messages and mentions, in all. */
const counted = (device: Device, expected: string) =>
  device.until('conversations', (client) => counts(client) === expected);
const sent = (from: Device, to: Device, ...texts: string[]) =>
  Promise.all(from.write(to, ...texts).map((handle) => handle.until('sent')));
const messageOf = async (device: Device, other: Device, text: string): Promise<Message> => {
  const { messages } = await device.history(other);
  const found = messages.find((message) => textOf(message) === text);
  if (!found) throw new Error(`nobody wrote ${text}`);
  return found;
};

test('[RCP-5, D2] complaint: one’s own messages are counted as unread', async () => {
  const { phone, laptop, ben } = await threeDevices();
  await sent(phone, ben, 'mine', 'mine too');
  await sent(ben, phone, 'theirs');
  await Promise.all([counted(phone, '1/0'), counted(laptop, '1/0')]);
  const fresh = await phone.second();
  await counted(fresh, '1/0');
  await laptop.hasReceived(3);
  expect([phone, laptop, fresh].map(({ client }) => counts(client))).toEqual(['1/0', '1/0', '1/0']);
});

test('[RCP-5, D2, D3] complaint: unread that cannot be cleared: read on one device it is on all, also on one that was off', async () => {
  const { phone, laptop, ben } = await threeDevices();
  await sent(ben, phone, 'one', 'two');
  await Promise.all([counted(phone, '2/0'), counted(laptop, '2/0')]);
  laptop.line.cut();
  phone.client.markRead(phone.with(ben));
  expect(counts(phone.client)).toBe('0/0');
  laptop.line.mend();
  await counted(laptop, '0/0');
  await counted(await laptop.restarted(), '0/0');
  await counted(await phone.second(), '0/0');
});

test('[RCP-5, RCP-6, D2] complaint: counts are wrong after a reconnect, with the server killed between', async () => {
  const { phone, laptop, ben } = await threeDevices();
  await sent(ben, phone, 'one', 'two');
  await counted(phone, '2/0');
  phone.client.markRead(phone.with(ben));
  await counted(laptop, '0/0');
  phone.line.cut();
  await server.end('SIGKILL');
  await server.start();
  await sent(ben, phone, 'three', `four <@${phone.me.userId}>`);
  await counted(laptop, '2/1');
  phone.line.mend();
  await counted(phone, '2/1');
  await counted(await phone.restarted(), '2/1');
});

test('[RCP-5, MSG-21, D2] complaint: recalled messages are still counted, live and on a device that was off', async () => {
  const { phone, laptop, ben } = await threeDevices();
  await sent(ben, phone, 'stays', 'goes');
  await Promise.all([counted(phone, '2/0'), counted(laptop, '2/0')]);
  laptop.line.cut();
  await ben.client.recall(await messageOf(ben, phone, 'goes')).until('sent');
  await counted(phone, '1/0');
  laptop.line.mend();
  await counted(laptop, '1/0');
  await counted(await phone.second(), '1/0');
});

test('[RCP-5, D2] complaint: edits and reactions are counted; an edit changes whom its message mentions', async () => {
  const { phone, laptop, ben } = await threeDevices();
  await sent(ben, phone, 'words');
  await counted(phone, '1/0');
  const message = await messageOf(ben, phone, 'words');
  await ben.client.react(message, ['🎉']).until('sent');
  await ben.client.edit(message, `words for <@${phone.me.userId}>`).until('sent');
  await Promise.all([counted(phone, '1/1'), counted(laptop, '1/1')]);
  await ben.client.edit(message, 'words for nobody').until('sent');
  await Promise.all([counted(phone, '1/0'), counted(laptop, '1/0')]);
});
