import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  startServer as startPostgres,
  type TestServer,
} from '../../packages/server/adapters/store/postgres/testing/server.ts';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device, numbered, textOf } from '../sdk/kit/device.ts';
import { run } from './kit/command.ts';

vi.setConfig({ testTimeout: 120_000 });

const TEXTS = 200;

let postgres: TestServer;
let server: ServerProcess;
beforeAll(async () => {
  [postgres, server] = await Promise.all([startPostgres(), ServerProcess.create()]);
});
afterAll(async () => {
  await closeDevices();
  await Promise.all([server?.dispose(), postgres?.[Symbol.asyncDispose]()]);
});

const migrate = () => run(['migrate', '--from', `sqlite:${server.directory}`, '--to', postgres.url]);

const post = async (path: string, body: object): Promise<Record<string, string>> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(server.url + path, { method: 'POST', body: JSON.stringify(body), headers });
  expect(answer.ok, path).toBe(true);
  return (await answer.json()) as Record<string, string>;
};

const shown = async (device: Device, other: Device) =>
  (await device.history(other)).messages.map((message) => [message.seq, textOf(message), message.mine]);

test('[M3, A1, LOG-2, RCP-3, REC-8] people find everything where the server moved to, and stay signed in', async () => {
  const [phone, ben, cho] = await Promise.all([1, 2, 3].map(() => Device.ofNewPerson(server)));
  if (phone === undefined || ben === undefined || cho === undefined) throw new Error('somebody is missing');
  const laptop = await phone.second();
  const api = await post('/v1/accounts', { handle: 'api', password: 'correct horse battery', displayName: 'API' });
  await Promise.all(phone.write(ben, ...numbered(TEXTS, 'to Ben')).map((handle) => handle.until('delivered')));
  await Promise.all(cho.write(phone, ...numbered(5, 'from Cho')).map((handle) => handle.until('delivered')));
  phone.client.openTimeline(phone.with(cho)).markRead();
  phone.client.setDraft(phone.with(ben), 'not sent yet');
  laptop.client.setSetting('appearance', 'dark');
  laptop.client.clearConversation(laptop.with(cho));
  await Promise.all([
    laptop.until('draft', (client) => client.draft(laptop.with(ben)) === 'not sent yet'),
    phone.until('setting', (client) => client.setting('appearance') === 'dark'),
    phone.until('conversations', ({ conversations }) => conversations.length === 1),
  ]);
  await ben.hasUnread(phone, TEXTS);

  const refused = await migrate();
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(`has the data directory ${server.directory} open`);

  await server.end('SIGTERM');
  const [waiting] = ben.write(phone, 'written while nobody served');
  const moved = await migrate();
  expect(moved).toMatchObject({ code: 0, stderr: '' });
  expect(moved.stdout).toContain('both sides are the same');
  await server.start(['--store', postgres.url]);

  expect(waiting?.state.name).toBe('queued');
  const [phoneAgain, benAgain] = await Promise.all([phone.restarted(), ben.restarted()]);
  await Promise.all([phoneAgain.online(), benAgain.online(), phoneAgain.hasReceived(1)]);
  expect(phoneAgain.received.map(textOf)).toEqual(['written while nobody served']);
  expect(benAgain.unreadFrom(phone)).toBe(TEXTS);
  const expected = [
    ...numbered(TEXTS, 'to Ben').map((text, at) => [at + 1, text, true]),
    [TEXTS + 1, 'written while nobody served', false],
  ];
  const fresh = await phoneAgain.second();
  for (const device of [phoneAgain, fresh]) {
    expect(await shown(device, ben)).toEqual(expected);
    expect(device.client.draft(device.with(ben))).toBe('not sent yet');
    expect(device.client.setting('appearance')).toBe('dark');
    expect(device.client.conversations.map(({ id }) => id)).toEqual([device.with(ben)]);
  }

  const headers = { authorization: `Bearer ${api.accessToken}` };
  expect((await fetch(`${server.url}/v1/profile`, { headers })).status).toBe(200);
  await post('/v1/sessions/refresh', { refreshToken: api.refreshToken ?? '' });
});
