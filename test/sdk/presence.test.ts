import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device } from './kit/device.ts';

vi.setConfig({ testTimeout: 40_000 });

let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.create();
});
afterEach(closeDevices);
afterAll(() => server?.dispose());

const couple = () => Promise.all([Device.ofNewPerson(server), Device.ofNewPerson(server)]);

/** Resolves when somebody looks so to a device. */
async function sees({ client }: Device, userId: string, state: string): Promise<void> {
  if (client.presence(userId)?.state === state) return;
  await new Promise<void>((resolve) => {
    const end = client.on('presence', (presence) => {
      if (presence.userId !== userId || presence.state !== state) return;
      end();
      resolve();
    });
  });
}

test('[G1, PRS-2, PRS-3, PRS-5] a person is seen as they want to be, after a restart of the server, too', async () => {
  const [anna, ben] = await couple();
  const benId = ben.client.me?.userId ?? '';
  const unwatch = anna.client.watch({ people: [benId] });
  await sees(anna, benId, 'online');
  ben.client.setPresence('do-not-disturb');
  await sees(anna, benId, 'do-not-disturb');
  await server.end('SIGKILL');
  await server.start();
  await Promise.all([anna.online(), ben.online()]);
  ben.client.setPresence('available');
  await sees(anna, benId, 'online');
  ben.client.setIdle(true);
  await sees(anna, benId, 'away');
  ben.client.setPresenceAudience('nobody');
  await sees(anna, benId, 'offline');
  expect(anna.client.presence(benId)).toEqual({ userId: benId, state: 'offline', devices: [], lastSeenMs: undefined });
  unwatch();
});

test('[G2, PRS-8, PRS-9] typing is seen by who looks at the conversation, until the message comes', async () => {
  const [anna, ben] = await couple();
  const [annasId, bensId] = [anna.client.me?.userId ?? '', ben.client.me?.userId ?? ''];
  const conversationId = anna.client.conversationWith(bensId);
  anna.client.watch({ people: [bensId], conversations: [conversationId] });
  ben.client.watch({ people: [annasId], conversations: [conversationId] });
  await Promise.all([sees(anna, bensId, 'online'), sees(ben, annasId, 'online')]);
  const changed = () => new Promise<void>((resolve) => void anna.client.on('typing', () => resolve()));
  const began = changed();
  ben.client.typing(conversationId);
  await began;
  expect(anna.client.typists(conversationId)).toEqual([{ userId: bensId, kind: 'typing' }]);
  const ended = changed();
  ben.write(anna, 'here it is');
  await ended;
  expect(anna.client.typists(conversationId)).toEqual([]);
});
