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

/** Anna at her phone and her laptop, and Ben. */
async function threeDevices() {
  const [phone, ben] = await Promise.all([Device.ofNewPerson(server), Device.ofNewPerson(server)]);
  return { phone, ben, laptop: await phone.second() };
}

const hasDraft = (device: Device, other: Device, text: string) =>
  device.until('draft', (client) => client.draft(device.with(other)) === text);
const hasSetting = (device: Device, name: string, value: string | undefined) =>
  device.until('setting', (client) => client.setting(name) === value);
const lists = (device: Device, count: number) =>
  device.until('conversations', ({ conversations }) => conversations.length === count);

test('[REC-4, REC-6] drafts and settings go from device to device, live', async () => {
  const { phone, laptop, ben } = await threeDevices();
  phone.client.setDraft(phone.with(ben), '你好 Ben');
  phone.client.setSetting('language', 'zh');
  expect(phone.client.draft(phone.with(ben))).toBe('你好 Ben');
  await Promise.all([hasDraft(laptop, ben, '你好 Ben'), hasSetting(laptop, 'language', 'zh')]);
  laptop.client.setDraft(laptop.with(ben), '');
  laptop.client.setSetting('language', '');
  await Promise.all([hasDraft(phone, ben, ''), hasSetting(phone, 'language', undefined)]);
  expect(ben.client.draft(ben.with(phone))).toBe('');
});

test('[REC-5, REC-6] what was changed without a network is kept over a restart and comes to the others, and theirs here', async () => {
  const { phone, laptop, ben } = await threeDevices();
  phone.client.setSetting('appearance', 'light');
  await hasSetting(laptop, 'appearance', 'light');
  phone.line.cut();
  phone.client.setDraft(phone.with(ben), 'written in the tunnel');
  laptop.client.setSetting('appearance', 'dark');
  const again = await phone.restarted();
  expect(again.client.draft(again.with(ben))).toBe('written in the tunnel');
  await Promise.all([hasDraft(laptop, ben, 'written in the tunnel'), hasSetting(again, 'appearance', 'dark')]);
  const fresh = await laptop.second();
  expect(fresh.client.draft(fresh.with(ben))).toBe('written in the tunnel');
  expect(fresh.client.setting('appearance')).toBe('dark');
});

test('[REC-4, LOG-1] a server that is killed keeps every record it said it has', async () => {
  const { phone, laptop, ben } = await threeDevices();
  phone.client.setDraft(phone.with(ben), 'before the kill');
  await hasDraft(laptop, ben, 'before the kill');
  await server.end('SIGKILL');
  phone.client.setDraft(phone.with(ben), 'while it was dead');
  await server.start();
  await hasDraft(laptop, ben, 'while it was dead');
  const fresh = await laptop.second();
  expect(fresh.client.draft(fresh.with(ben))).toBe('while it was dead');
});

test('[REC-10, REC-1, I2] what is muted and what is on top is so on all devices, the totals too, over a kill of the server', async () => {
  const { phone, laptop, ben } = await threeDevices();
  const muted = (device: Device) =>
    device.until('conversations', ({ conversations: [first], unread }) => {
      return first?.notify === 'none' && first.onTop && first.unreadCount === 2 && unread.messages === 0;
    });
  ben.write(phone, 'one', 'two');
  await phone.until('conversations', ({ unread }) => unread.messages === 2);
  phone.line.cut();
  phone.client.setNotify(phone.with(ben), 'none');
  phone.client.setOnTop(phone.with(ben), true);
  await muted(phone);
  phone.line.mend();
  await muted(laptop);
  await server.end('SIGKILL');
  await server.start();
  await muted(await laptop.second());
});

test('[REC-8] a conversation is deleted on all devices of one account, comes back with something new or by undoing', async () => {
  const { phone, laptop, ben } = await threeDevices();
  for (const text of ['one', 'two', 'three']) ben.write(phone, text);
  await Promise.all([phone.hasReceived(3), laptop.hasReceived(3)]);
  const timeline = laptop.client.openTimeline(laptop.with(ben));
  phone.client.clearConversation(phone.with(ben));
  expect(phone.client.conversations).toEqual([]);
  await lists(laptop, 0);
  expect([timeline.messages, timeline.hasOlder]).toEqual([[], false]);
  expect((await ben.history(phone)).messages).toHaveLength(3);

  phone.client.restoreConversation(phone.with(ben));
  await lists(laptop, 1);
  expect(timeline.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(laptop.unreadFrom(ben)).toBe(3);

  laptop.client.clearConversation(laptop.with(ben));
  await lists(phone, 0);
  ben.write(phone, 'something new');
  await Promise.all([phone.hasUnread(ben, 1), laptop.hasUnread(ben, 1)]);
  expect(timeline.messages.map(({ seq }) => seq)).toEqual([4]);
  const fresh = await laptop.second();
  expect((await fresh.history(ben)).messages.map(({ seq }) => seq)).toEqual([4]);
});

test('[REC-7] a draft longer than the server takes stays on its device', async () => {
  const { phone, laptop, ben } = await threeDevices();
  phone.client.setDraft(phone.with(ben), 'x'.repeat(20_000));
  phone.client.setSetting('language', 'en');
  await hasSetting(laptop, 'language', 'en');
  expect(laptop.client.draft(laptop.with(ben))).toBe('');
  expect((await phone.restarted()).client.draft(laptop.with(ben))).toHaveLength(20_000);
});

test('[REC-1] a setting has a name of its grammar', async () => {
  const phone = await Device.ofNewPerson(server);
  for (const name of ['', 'Language', 'a b', 'a'.repeat(33)]) {
    expect(() => phone.client.setSetting(name, 'x')).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  }
});
