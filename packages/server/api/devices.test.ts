import { expect, test } from 'vitest';
import { ada, bearer, createTestApi, type TestApiOptions } from '../testing/api.ts';

interface Answer {
  accessToken: string;
  refreshToken: string;
  deviceId: string;
  userId: string;
}

async function world(options: TestApiOptions = {}) {
  const made = await createTestApi(options);
  const call = async (
    method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE',
    url: string,
    by?: Answer,
    payload?: object,
  ) => {
    const headers = by === undefined ? {} : bearer(by.accessToken);
    const answer = await made.api.inject({ method, url, headers, ...(payload !== undefined && { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
  const phone: Answer = (
    await call('POST', '/v1/accounts', undefined, { ...ada, deviceName: '手机', deviceKind: 'phone' })
  ).body;
  const signIn = async (deviceName: string, deviceKind: string, password = ada.password): Promise<Answer> =>
    (await call('POST', '/v1/sessions', undefined, { handle: ada.handle, password, deviceName, deviceKind })).body;
  const names = async (by: Answer): Promise<string[]> =>
    (await call('GET', '/v1/devices', by)).body.devices.map(({ name }: { name: string }) => name);
  const ended = async ({ refreshToken }: Answer) =>
    (await call('POST', '/v1/sessions/refresh', undefined, { refreshToken })).body.ended;
  return { ...made, call, phone, signIn, names, ended };
}

test('[DEV-1, A1] the list says what each device is, and which one asks', async () => {
  const { call, phone, signIn, clock } = await world();
  clock.advance(5);
  const laptop = await signIn('Laptop', 'desktop');
  const nameless = (await call('POST', '/v1/sessions', undefined, ada)).body;
  const createdAtMs = clock.now();
  const { status, body } = await call('GET', '/v1/devices', laptop);
  const times = (at: number) => ({ createdAtMs: at, lastSeenAtMs: at });
  expect(status).toBe(200);
  expect(body.devices).toEqual([
    { deviceId: phone.deviceId, name: '手机', kind: 'phone', ...times(createdAtMs - 5), current: false },
    { deviceId: laptop.deviceId, name: 'Laptop', kind: 'desktop', ...times(createdAtMs), current: true },
    { deviceId: nameless.deviceId, name: '', kind: 'web', ...times(createdAtMs), current: false },
  ]);
  expect((await call('GET', '/v1/devices')).status).toBe(401);
});

test.each(['watch', '', 'Phone', 7])('[DEV-1, P9] the kind %j is none', async (deviceKind) => {
  const { call } = await world();
  for (const [path, body] of [
    ['/v1/sessions', ada],
    ['/v1/accounts', { ...ada, handle: 'other' }],
  ] as const) {
    expect(await call('POST', path, undefined, { ...body, deviceKind })).toMatchObject({ status: 400 });
  }
});

test('[DEV-2, A1] a device is renamed, and the account’s devices hear of it once', async () => {
  const { call, phone, signIn, names, userEvents } = await world();
  const laptop = await signIn('Laptop', 'desktop');
  const rename = (name: string) => call('PATCH', `/v1/devices/${laptop.deviceId}`, phone, { name });
  expect(await rename(' 书房 ')).toMatchObject({
    status: 200,
    body: { name: '书房', kind: 'desktop', current: false },
  });
  expect((await rename('书房')).status).toBe(200);
  expect(await names(laptop)).toEqual(['手机', '书房']);
  expect(userEvents.slice(2)).toMatchObject([
    { userId: phone.userId, event: { event: { case: 'deviceRenamed', value: { deviceId: laptop.deviceId } } } },
  ]);
  expect((await rename('  ')).status).toBe(400);
  expect((await rename('x'.repeat(65))).status).toBe(400);
});

test('[DEV-3, A1] a revoked device is signed out at once, and only its own token is told by whom', async () => {
  const { call, phone, signIn, names, ended, revoked, replaced, userEvents } = await world();
  const laptop = await signIn('Laptop', 'desktop');
  expect(await names(laptop)).toHaveLength(2);
  const revoke = () => call('DELETE', `/v1/devices/${laptop.deviceId}`, phone);
  expect(await revoke()).toEqual({ status: 204, body: undefined });
  expect((await call('GET', '/v1/devices', laptop)).status).toBe(401);
  expect([revoked, replaced]).toEqual([[laptop.deviceId], []]);
  expect(userEvents.at(-1)?.event.event).toEqual({ case: 'deviceRemoved', value: { deviceId: laptop.deviceId } });
  expect(await names(phone)).toEqual(['手机']);
  expect((await revoke()).status).toBe(204);
  expect(await ended(laptop)).toEqual({ reason: 'revoked', deviceName: '手机' });
  const forged = { ...laptop, refreshToken: `${laptop.deviceId}.${'A'.repeat(43)}` };
  expect(await ended(forged)).toBeUndefined();
});

test('[DEV-3, P6] nobody sees, renames or revokes the devices of another account', async () => {
  const { call, phone, names, ended } = await world();
  const eve: Answer = (await call('POST', '/v1/accounts', undefined, { ...ada, handle: 'eve' })).body;
  const url = `/v1/devices/${phone.deviceId}`;
  expect((await call('PATCH', url, eve, { name: 'mine' })).status).toBe(404);
  expect((await call('DELETE', url, eve)).status).toBe(404);
  expect((await call('DELETE', '/v1/devices/nothing', eve)).status).toBe(404);
  expect((await call('DELETE', '/v1/devices/%00', eve)).status).toBe(400);
  expect(await names(eve)).toEqual(['']);
  expect(await names(phone)).toEqual(['手机']);
  await call('DELETE', url, phone);
  expect((await call('DELETE', url, eve)).status).toBe(404);
  expect(await ended(phone)).toEqual({ reason: 'revoked', deviceName: '手机' });
});

test('[DEV-3, A1] whoever signed out itself is told so', async () => {
  const { call, phone, ended } = await world();
  expect((await call('DELETE', '/v1/sessions/current', phone)).status).toBe(204);
  expect(await ended(phone)).toEqual({ reason: 'signed-out', deviceName: '' });
});

test('[DEV-4, A2] one of each kind: a second phone takes the first one’s place, which is told its name', async () => {
  const { phone, signIn, names, ended, revoked, replaced } = await world({ policy: 'one-of-each-kind' });
  const laptop = await signIn('Laptop', 'desktop');
  const newPhone = await signIn('新手机', 'phone');
  expect(await names(newPhone)).toEqual(['Laptop', '新手机']);
  expect(await ended(phone)).toEqual({ reason: 'replaced', deviceName: '新手机' });
  expect([revoked, replaced]).toEqual([[phone.deviceId], [phone.deviceId]]);
  expect(await ended(laptop)).toBeUndefined();
});

test('[DEV-4, A2] of phones that sign in together one is left', async () => {
  const { signIn, accounts, phone } = await world({ policy: 'one-of-each-kind' });
  const answers = await Promise.all(['a', 'b', 'c'].map((name) => signIn(name, 'phone')));
  const left = await accounts.devicesOf(phone.userId);
  expect(left).toHaveLength(1);
  expect(answers.map(({ deviceId }) => deviceId)).toContain(left[0]?.deviceId);
});

test('[DEV-4, A2] otherwise all kinds are signed in together', async () => {
  const { signIn, names, phone } = await world();
  await signIn('second', 'phone');
  expect(await names(phone)).toEqual(['手机', 'second']);
});

const change = (currentPassword: string, newPassword = 'difference engine') => ({ currentPassword, newPassword });

test('[DEV-5, A1] a new password ends the other devices and not this one, and the old one is good no more', async () => {
  const { call, phone, signIn, ended, names } = await world();
  const laptop = await signIn('Laptop', 'desktop');
  expect(await call('PUT', '/v1/password', phone, change(ada.password))).toEqual({ status: 204, body: undefined });
  expect(await names(phone)).toEqual(['手机']);
  expect((await call('GET', '/v1/devices', laptop)).status).toBe(401);
  expect(await ended(laptop)).toEqual({ reason: 'password-changed', deviceName: '手机' });
  const again = await call('POST', '/v1/sessions', undefined, ada);
  expect([again.status, again.body.code]).toEqual([401, 'invalid-credentials']);
  expect((await signIn('Laptop', 'desktop', 'difference engine')).userId).toBe(phone.userId);
});

test('[DEV-5, P2] asked for again after a lost answer it succeeds again', async () => {
  const { call, phone } = await world();
  const statuses = [];
  for (let n = 0; n < 2; n++) statuses.push((await call('PUT', '/v1/password', phone, change(ada.password))).status);
  expect(statuses).toEqual([204, 204]);
});

test('[DEV-5, P9] a wrong present password changes nothing and signs nobody out, and there is an end to guessing', async () => {
  const { call, phone, signIn, names } = await world({ config: { signInsPerHandlePerMinute: 2 } });
  await signIn('Laptop', 'desktop');
  const guess = async () => (await call('PUT', '/v1/password', phone, change('guessed wrong'))).status;
  expect([await guess(), await guess(), await guess()]).toEqual([401, 401, 429]);
  expect(await names(phone)).toHaveLength(2);
  expect((await call('PUT', '/v1/password', phone, change(ada.password, 'short'))).status).toBe(400);
});

test('[DEV-5, P6] who signs in with the old password while it is changed does not stay signed in', async () => {
  const { call, phone, accounts, names } = await world();
  const createDevice = accounts.createDevice.bind(accounts);
  let changed: { status: number } | undefined;
  accounts.createDevice = async (device) => {
    accounts.createDevice = createDevice;
    changed = await call('PUT', '/v1/password', phone, change(ada.password));
    return createDevice(device);
  };
  const late = await call('POST', '/v1/sessions', undefined, { ...ada, deviceName: 'thief' });
  expect([changed?.status, late.status, late.body.code]).toEqual([204, 401, 'invalid-credentials']);
  expect(await names(phone)).toEqual(['手机']);
});
