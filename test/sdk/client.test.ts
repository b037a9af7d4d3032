import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device, numbered, type TransportName, textOf } from './kit/device.ts';

vi.setConfig({ testTimeout: 20_000 });

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.create();
});
afterEach(closeDevices);
afterAll(() => server?.dispose());

const couple = (transport?: TransportName) =>
  Promise.all([Device.ofNewPerson(server, transport), Device.ofNewPerson(server, transport)]);

const contiguous = (count: number, from = 1) => Array.from({ length: count }, (_, index) => from + index);

test.each(['ws', 'tcp'] as const)(
  '[F1, F4, C7] over %s a message goes its whole way, and again after the line was cut',
  async (transport) => {
    const [anna, ben] = await couple(transport);
    const whole = ['queued', 'sending', 'sent', 'delivered', 'read'];
    for (const text of ['first', 'after the cut']) {
      const [handle] = anna.write(ben, text);
      if (!handle) throw new Error('nothing was written');
      const states = [handle.state.name];
      handle.onChange(({ name }) => states.push(name));
      await handle.until('delivered');
      expect(states).not.toContain('read');
      ben.client.openTimeline(ben.with(anna)).markRead();
      await handle.until('read');
      expect(states).toEqual(whole.filter((name) => states.includes(name as typeof handle.state.name)));
      anna.line.cut();
      expect(anna.client.connection.status).toBe('offline');
      anna.line.mend();
      await anna.online();
    }
    expect(ben.received.map(textOf)).toEqual(['first', 'after the cut']);
  },
);

test('[D6, SYN-3] a device that was away gets all that was written meanwhile, in order, and says what it wrote itself', async () => {
  const [anna, ben] = await couple();
  await Promise.all(anna.write(ben, 'before').map((handle) => handle.until('delivered')));
  ben.line.cut();
  const texts = numbered(300, 'while you were away');
  const [own] = ben.write(anna, 'written without a network');
  await Promise.all(anna.write(ben, ...texts).map((handle) => handle.until('sent')));
  expect(own?.state.name).toBe('queued');
  ben.line.mend();
  await Promise.all([ben.hasReceived(301), own?.until('delivered')]);
  expect(ben.received.map(textOf)).toEqual(['before', ...texts]);
  expect(ben.received.map(({ seq }) => seq)).toEqual(contiguous(301));
  expect(ben.unreadFrom(anna)).toBe(301);
  const { messages } = await ben.history(anna);
  expect(messages.map(({ seq }) => seq)).toEqual(contiguous(302));
  expect(messages.at(-1)).toMatchObject({ id: own?.id, mine: true });
});

test('[LOG-1, LOG-2, OUT-1] the server is killed in the middle of 100 messages: both sides have all, once, in order', async () => {
  const [anna, ben] = await couple();
  const texts = numbered(100, 'burst');
  const handles = anna.write(ben, ...texts);
  await handles[40]?.until('sent');
  await server.end('SIGKILL');
  expect(handles.at(-1)?.state.name).toBe('queued');
  await server.start();
  await Promise.all([...handles.map((handle) => handle.until('delivered')), ben.hasReceived(100)]);
  for (const messages of [ben.received, (await anna.history(ben)).messages, (await ben.history(anna)).messages]) {
    expect(messages.map(textOf)).toEqual(texts);
    expect(messages.map(({ id }) => id)).toEqual(handles.map(({ id }) => id));
    expect(messages.map(({ seq }) => seq)).toEqual(contiguous(100));
  }
});

test('[D3] what is read on one device is read on the other, live and when it was away', async () => {
  const [anna, phone] = await couple();
  const desktop = await phone.second();
  const timeline = phone.client.openTimeline(phone.with(anna));
  for (const away of [false, true]) {
    anna.write(phone, 'one', 'two', 'three');
    await Promise.all([phone.hasUnread(anna, 3), desktop.hasUnread(anna, 3)]);
    if (away) desktop.line.cut();
    timeline.markRead();
    expect(phone.unreadFrom(anna)).toBe(0);
    if (away) {
      expect(desktop.unreadFrom(anna)).toBe(3);
      desktop.line.mend();
    }
    await desktop.hasUnread(anna, 0);
  }
});

test('[A1] signing out on one device erases that one and leaves the other alone', async () => {
  const [anna, phone] = await couple();
  const desktop = await phone.second();
  await Promise.all(anna.write(phone, 'for both').map((handle) => handle.until('delivered')));
  await desktop.hasReceived(1);
  await desktop.client.signOut();
  expect(desktop.client.me).toBeUndefined();
  expect(await desktop.store.load()).toBeUndefined();
  const [handle] = phone.write(anna, 'still here');
  await handle?.until('delivered');
  anna.write(phone, 'good');
  await phone.hasReceived(2);
  expect(phone.connections).not.toContain('offline');
  expect(desktop.received.map(textOf)).toEqual(['for both']);
});

test('[A3] names are there before the server is, and follow it once it is', async () => {
  const [anna, ben] = await couple();
  const known = await anna.client.findPeople(ben.me.handle);
  expect(known).toMatchObject([{ displayName: ben.me.displayName }]);
  await ben.client.updateProfile({ displayName: 'Ben the Second' });
  const desktop = await anna.second();
  await desktop.client.updateProfile({ statusLine: 'away' });
  const again = await anna.restarted();
  expect(again.me.statusLine).toBe('');
  expect(again.client.person(ben.me.userId)).toEqual(known[0]);
  await again.until('person', (client) => client.person(ben.me.userId)?.displayName === 'Ben the Second');
  await again.until('me', ({ me }) => me?.statusLine === 'away');
});

test('[CON-1, SES-10] a client comes back by itself to a server that was stopped in order and started again', async () => {
  const [anna, ben] = await couple();
  const noticed = Promise.all(
    [anna, ben].map((device) => device.until('connection', ({ connection }) => connection.status === 'offline')),
  );
  expect(await server.end('SIGTERM')).toBe(0);
  await noticed;
  await server.start();
  await Promise.all([anna.online(), ben.online()]);
  const [handle] = anna.write(ben, 'and on we go');
  await handle?.until('delivered');
  expect(ben.received.map(textOf)).toEqual(['and on we go']);
});
