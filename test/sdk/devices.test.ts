import { createClient, MemoryStore, type MintedSession, type SessionEnd, webSocketTransport } from '@hongyan/sdk/node';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { closeDevices, Device, passwordOf } from './kit/device.ts';

vi.setConfig({ testTimeout: 20_000 });

const API_KEY = 'the-key-of-the-shop-and-of-nobody-else';

/** With the policy `all`, and with `one-of-each-kind`. */
let server: ServerProcess;
let strict: ServerProcess;

beforeAll(async () => {
  [server, strict] = await Promise.all([
    ServerProcess.prepare(['--api-key', API_KEY]),
    ServerProcess.prepare(['--device-policy', 'one-of-each-kind']),
  ]);
  await Promise.all([server.start(), strict.start()]);
});
afterEach(closeDevices);
afterAll(() => Promise.all([server?.dispose(), strict?.dispose()]));

const ended = ({ client }: Device) => new Promise<SessionEnd>((resolve) => client.on('sessionEnded', resolve));
const namesOf = async ({ client }: Device) => (await client.devices()).map(({ name }) => name);
/** Resolves when the device shows this list: it asks whenever it may have changed. */
const lists = (device: Device, names: readonly string[]) =>
  new Promise<void>((resolve, reject) => {
    const ask = () =>
      void namesOf(device).then((shown) => {
        if (shown.join() !== names.join()) return;
        stop();
        resolve();
      }, reject);
    const stop = device.client.on('devices', ask);
    ask();
  });

test('[DEV-1, DEV-2, DEV-3, A1] the list of devices is right on all of them, and revoking one ends its live session', async () => {
  const phone = await Device.ofNewPerson(server, 'ws', { deviceName: '手机', deviceKind: 'phone' });
  const listed = lists(phone, ['手机', 'Laptop']);
  const laptop = await phone.second({ deviceName: 'Laptop', deviceKind: 'desktop' });
  await listed;
  expect(await laptop.client.devices()).toMatchObject([
    { kind: 'phone', current: false },
    { kind: 'desktop', current: true },
  ]);
  const renamed = lists(phone, ['手机', '书房']);
  await laptop.client.renameDevice(laptop.me.deviceId, '书房');
  await renamed;
  const [end, gone] = [ended(laptop), lists(phone, ['手机'])];
  await phone.client.revokeDevice(laptop.me.deviceId);
  expect(await end).toEqual({ reason: 'revoked', deviceName: '手机' });
  expect(laptop.client.connection).toEqual({ status: 'signed-out' });
  await gone;
  expect(phone.client.connection.status).toBe('online');
});

test('[DEV-3, A1] a device that had no network when it was revoked is told why when it is back', async () => {
  const phone = await Device.ofNewPerson(server, 'tcp', { deviceName: 'Phone' });
  const laptop = await phone.second();
  laptop.line.cut();
  await phone.client.revokeDevice(laptop.me.deviceId);
  const end = ended(laptop);
  laptop.line.mend();
  expect(await end).toEqual({ reason: 'revoked', deviceName: 'Phone' });
});

test('[DEV-4, DEV-3, A2] a second phone signs the first one out, which is told its name; a laptop stays', async () => {
  const first = await Device.ofNewPerson(strict, 'ws', { deviceName: 'old', deviceKind: 'phone' });
  const laptop = await first.second({ deviceName: 'Laptop', deviceKind: 'desktop' });
  const end = ended(first);
  const second = await laptop.second({ deviceName: '新手机', deviceKind: 'phone' });
  expect(await end).toEqual({ reason: 'replaced', deviceName: '新手机' });
  expect(await namesOf(second)).toEqual(['Laptop', '新手机']);
  expect(laptop.client.connection.status).toBe('online');
});

test('[DEV-5, A1] a new password ends the other devices’ sessions, and the old one is good no more', async () => {
  const phone = await Device.ofNewPerson(server, 'ws', { deviceName: 'Phone' });
  const laptop = await phone.second();
  const currentPassword = passwordOf(phone.me.handle);
  const wrong = phone.client.changePassword({ currentPassword: 'not the one', newPassword: 'a better one' });
  await expect(wrong).rejects.toMatchObject({ code: 'invalid-credentials' });
  const end = ended(laptop);
  await phone.client.changePassword({ currentPassword, newPassword: 'a better one' });
  expect(await end).toEqual({ reason: 'password-changed', deviceName: 'Phone' });
  await expect(phone.second()).rejects.toMatchObject({ code: 'invalid-credentials' });
  expect(await namesOf(phone)).toEqual(['Phone']);
});

test('[DEV-7, A4] the users of an app talk to each other without a password, and its key is good after a restart', async () => {
  const admin = async <T>(method: string, path: string, body: object, key = API_KEY): Promise<T> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await fetch(`${server.url}/v1/admin/${path}`, { method, headers, body: JSON.stringify(body) });
    expect(answer.ok, `${method} ${path}: ${answer.status}`).toBe(true);
    return (await answer.json()) as T;
  };
  const { key } = await admin<{ key: string }>('POST', 'keys', { name: 'shop' });
  const transport = webSocketTransport(`${server.url.replace('http', 'ws')}/v1/ws`);
  const join = async (externalId: string) => {
    await admin('PUT', `users/${externalId}`, { displayName: `Customer ${externalId}` }, key);
    const session = await admin<MintedSession>('POST', `users/${externalId}/tokens`, {}, key);
    const client = createClient({ server: server.url, store: new MemoryStore(), transport });
    await client.signInWith(session);
    return client;
  };
  const seller = await join('seller');
  await server.end('SIGTERM');
  await server.start();
  const buyer = await join('buyer-7');
  const heard = new Promise((resolve) => buyer.on('message', ({ content }) => resolve(content)));
  const { userId = '' } = buyer.me ?? {};
  await seller.sendText(seller.conversationWith(userId), '有货').until('delivered');
  expect(await heard).toEqual({ kind: 'text', text: '有货' });
  await Promise.all([seller.close(), buyer.close()]);
});
