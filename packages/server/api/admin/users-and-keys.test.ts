import { expect, test } from 'vitest';
import { ada, bearer, createTestApi, GIVEN_KEY, type TestApiOptions } from '../../testing/api.ts';

async function world(options: TestApiOptions = {}) {
  const made = await createTestApi(options);
  const call = async (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    payload?: object,
    key = GIVEN_KEY,
    also: Record<string, string> = {},
  ) => {
    const url = path.startsWith('/') ? path : `/v1/admin/${path}`;
    const headers = { ...bearer(key), ...also };
    const answer = await made.api.inject({ method, url, headers, ...(payload && { payload }) });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() };
  };
  return { ...made, call };
}

const ana = { displayName: 'Ana 安娜', handle: 'ana' };

test('[A4] an app’s user is made once, changed after that, and found by the app’s id', async () => {
  const { call } = await world();
  const made = await call('PUT', 'users/shop:7', ana);
  expect(made).toMatchObject({ status: 201, body: { externalId: 'shop:7', ...ana, statusLine: '' } });
  expect(await call('PUT', 'users/shop:7', ana)).toEqual({ ...made, status: 200 });
  const { body: renamed } = await call('PUT', 'users/shop:7', { displayName: 'Anna' });
  expect(renamed).toEqual({ ...made.body, displayName: 'Anna' });
  expect(await call('GET', 'users/shop:7')).toEqual({ status: 200, body: renamed });
  expect((await call('GET', 'users/shop:8')).status).toBe(404);
});

test('[A4] without a handle its id is its handle, and a handle of somebody else’s is refused', async () => {
  const { call } = await world();
  await call('POST', '/v1/accounts', ada);
  const { body } = await call('PUT', 'users/7', { displayName: 'Ben' });
  expect(body.handle).toBe(body.userId);
  expect(await call('PUT', 'users/8', { displayName: 'x', handle: 'ADA' })).toMatchObject({
    ...{ status: 409, body: { code: 'handle-taken' } },
  });
  expect((await call('GET', 'users/8')).status).toBe(404);
});

test('[DEV-7, A4] a token minted for an app’s user is a session like any other, and no password is', async () => {
  const { call, accounts } = await world();
  const { body: user } = await call('PUT', 'users/7', ana);
  const minted = await call('POST', 'users/7/tokens', { deviceName: 'Shop', deviceKind: 'phone' });
  expect(minted).toMatchObject({ status: 201, body: { userId: user.userId, handle: 'ana' } });
  const { accessToken, refreshToken } = minted.body;
  expect((await call('GET', '/v1/profile', undefined, accessToken)).body).toMatchObject(ana);
  expect((await call('POST', '/v1/sessions/refresh', { refreshToken })).status).toBe(200);
  expect(await accounts.devicesOf(user.userId)).toMatchObject([{ name: 'Shop', kind: 'phone' }]);
  for (const password of ['        ', 'hash of a', 'anything else']) {
    const signIn = await call('POST', '/v1/sessions', { handle: 'ana', password });
    expect([signIn.status, signIn.body.code]).toEqual([401, 'invalid-credentials']);
  }
  const set = await call('PUT', '/v1/password', { currentPassword: '        ', newPassword: 'a new one' }, accessToken);
  expect(set).toMatchObject({ status: 401, body: { code: 'invalid-credentials' } });
  expect((await call('POST', 'users/8/tokens', {})).status).toBe(404);
  expect((await call('POST', 'users/7/tokens', { deviceKind: 'watch' })).status).toBe(400);
});

test('[A4] users are listed page by page', async () => {
  const { call } = await world();
  for (const id of ['c', 'a', 'b']) await call('PUT', `users/${id}`, { displayName: id });
  const page = async (query: string) => {
    const { body } = await call('GET', `users?${query}`);
    return [body.users.map(({ externalId }: { externalId: string }) => externalId).join(''), body.nextAfter];
  };
  expect(await page('limit=2')).toEqual(['ab', 'b']);
  expect(await page('limit=2&after=b')).toEqual(['c', undefined]);
  expect(await page('')).toEqual(['abc', undefined]);
  expect((await call('GET', 'users?limit=0')).status).toBe(400);
  expect((await call('GET', 'users?limit=201')).status).toBe(400);
  expect((await call('GET', 'users?after=%00')).status).toBe(400);
  expect((await call('DELETE', 'keys/%00')).status).toBe(400);
});

test.each(['%20', 'a%2Fb', '.hidden', 'x'.repeat(129), '%E5%AE%89'])('[P9] %s cannot be an app’s id', async (id) => {
  const { call } = await world();
  expect((await call('PUT', `users/${id}`, ana)).status).toBe(400);
});

test('[DEV-7, A4] a key is told once, is good for its scopes, and is dead when it is revoked', async () => {
  const { call, accounts } = await world();
  const { status, body } = await call('POST', 'keys', { name: 'shop' });
  expect([status, body]).toEqual([
    201,
    {
      keyId: body.keyId,
      name: 'shop',
      scopes: ['users', 'groups', 'messages:write', 'messages:read'],
      createdAtMs: body.createdAtMs,
      lastUsedAtMs: 0,
      key: body.key,
    },
  ]);
  const { key, ...shown } = body;
  expect((await call('GET', 'keys')).body).toEqual({ keys: [shown] });
  expect(JSON.stringify(await accounts.apiKeys())).not.toContain(key);
  expect((await call('PUT', 'users/7', ana, key)).status).toBe(201);
  for (const [method, path] of [
    ['GET', 'keys'],
    ['POST', 'keys'],
    ['DELETE', `keys/${body.keyId}`],
  ] as const) {
    const refused = await call(method, path, method === 'POST' ? { name: 'x' } : undefined, key);
    expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  }
  expect((await call('DELETE', `keys/${body.keyId}`)).status).toBe(204);
  expect((await call('DELETE', `keys/${body.keyId}`)).status).toBe(404);
  expect((await call('PUT', 'users/7', ana, key)).status).toBe(401);
});

test('[DEV-7, P6] nothing but a key opens these calls, and a key opens no others', async () => {
  const { call } = await world();
  const { accessToken } = (await call('POST', '/v1/accounts', ada)).body;
  for (const wrong of ['', accessToken, `hyk_${'A'.repeat(43)}`, 'x'.repeat(300), GIVEN_KEY.toUpperCase()]) {
    for (const [method, path, body] of [
      ['PUT', 'users/7', ana],
      ['GET', 'users', undefined],
      ['POST', 'users/7/tokens', {}],
      ['GET', 'keys', undefined],
    ] as const) {
      expect((await call(method, path, body, wrong)).status, `${method} ${path} ${wrong}`).toBe(401);
    }
  }
  expect((await call('GET', '/v1/profile')).status).toBe(401);
  expect((await call('GET', '/v1/devices')).status).toBe(401);
});

test('[API-7, P8] a good key is counted by itself, wherever it comes from, and whatever its neighbours guess', async () => {
  const { call, api } = await world({ config: { apiKeyRequestsPerMinute: 3 } });
  const made = await call('POST', 'keys', { name: 'shop' });
  const asked = async (key: string, remoteAddress: string) => {
    const headers = bearer(key);
    return (await api.inject({ method: 'GET', url: '/v1/admin/users', headers, remoteAddress })).statusCode;
  };
  const key: string = made.body.key;
  expect(await asked(key, '192.0.2.1')).toBe(200);
  const guesses = [];
  for (const letter of 'abcd') guesses.push(await asked(`hyk_${letter.repeat(43)}`, '192.0.2.1'));
  expect(guesses).toEqual([401, 401, 429, 429]);
  const good = [];
  for (const last of '1234') good.push(await asked(key, `192.0.2.${last}`));
  expect(good).toEqual([200, 200, 200, 429]);
});

test('[API-7, P8, A4] so many calls a minute from one address, before the store is asked', async () => {
  const { call, accounts } = await world({ config: { apiKeyRequestsPerMinute: 2 } });
  let asked = 0;
  accounts.apiKeyByHash = async () => {
    asked += 1;
    return undefined;
  };
  const forged = async () => (await call('GET', 'users/7', undefined, `hyk_${'A'.repeat(43)}`)).status;
  expect([await forged(), await forged(), await forged()]).toEqual([401, 401, 429]);
  expect(asked).toBe(2);
});

test('[P2, A4] a token asked for again with the same Idempotency-Key is the same one, until it was used', async () => {
  const { call, accounts } = await world();
  const { body: user } = await call('PUT', 'users/7', ana);
  await call('PUT', 'users/8', { displayName: 'Ben' });
  const mint = async (idempotencyKey: string, id = '7') => {
    const also = { 'idempotency-key': idempotencyKey };
    const { status, body } = await call('POST', `users/${id}/tokens`, { deviceName: 'Shop' }, GIVEN_KEY, also);
    return { status, ...body };
  };
  const [first, again, other, ofBen] = [await mint('a'), await mint('a'), await mint('b'), await mint('a', '8')];
  expect([again.deviceId, again.refreshToken]).toEqual([first.deviceId, first.refreshToken]);
  expect(new Set([first, other, ofBen].map(({ deviceId }) => deviceId)).size).toBe(3);
  expect(await accounts.devicesOf(user.userId)).toHaveLength(2);
  expect((await call('POST', '/v1/sessions/refresh', { refreshToken: again.refreshToken })).status).toBe(200);
  expect(await mint('a')).toMatchObject({ status: 409, code: 'idempotency-key-used' });
  await call('DELETE', '/v1/sessions/current', undefined, other.accessToken);
  expect(await mint('b')).toMatchObject({ status: 409, code: 'idempotency-key-used' });
  expect(await accounts.devicesOf(user.userId)).toHaveLength(1);
  expect((await mint('a b')).status).toBe(400);
});
