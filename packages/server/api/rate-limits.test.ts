import { expect, test } from 'vitest';
import { ada, bearer, createTestApi } from '../testing/api.ts';

type Made = Awaited<ReturnType<typeof createTestApi>>;

const post = (api: Made['api'], url: string, payload: object | undefined, remoteAddress = '192.0.2.1') =>
  api.inject({ method: 'POST', url, remoteAddress, ...(payload && { payload }) });

test.each([
  ['/v1/accounts', { registrationsPerMinute: 1 }, ada],
  ['/v1/sessions', { signInsPerMinute: 1 }, ada],
  ['/v1/sessions/refresh', { refreshesPerMinute: 1 }, { refreshToken: 'x' }],
  ['/v1/poll', { pollingConnectionsPerMinute: 1 }, undefined],
])('[P8] too many calls of %s from one address are refused, others are not', async (url, config, payload) => {
  const { api } = await createTestApi({ config });
  expect((await post(api, url, payload)).statusCode).not.toBe(429);
  const refused = await post(api, url, payload);
  expect(refused.statusCode).toBe(429);
  expect(refused.json().code).toBe('rate-limited');
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await post(api, url, payload, '192.0.2.2')).statusCode).not.toBe(429);
});

test('[P8] too many sign-ins to one account are refused from wherever they come', async () => {
  const { api } = await createTestApi({ config: { signInsPerHandlePerMinute: 1 } });
  const statusOf = async (handle: string, address: string) =>
    (await post(api, '/v1/sessions', { handle, password: 'a wrong password' }, address)).statusCode;
  expect(await statusOf('ada', '192.0.2.1')).toBe(401);
  expect(await statusOf('ADA', '192.0.2.2')).toBe(429);
  expect(await statusOf('grace', '192.0.2.2')).toBe(401);
});

test('[P8] too many searches by one account are refused; others, and people by id, are not', async () => {
  const { api } = await createTestApi({ config: { searchesPerMinute: 1 } });
  const register = async (handle: string) => (await post(api, '/v1/accounts', { ...ada, handle })).json();
  const [first, second] = [await register('ada'), await register('grace')];
  const ask = (session: { accessToken: string }, question: string) =>
    api.inject({ url: `/v1/people?${question}`, headers: bearer(session.accessToken) });
  expect((await ask(first, 'query=a')).statusCode).toBe(200);
  const refused = await ask(first, 'query=b');
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'rate-limited']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await ask(first, `ids=${second.userId}`)).statusCode).toBe(200);
  expect((await ask(second, 'query=a')).statusCode).toBe(200);
});

test('[P8] too many requests for profiles by one account are refused', async () => {
  const { api } = await createTestApi({ config: { requestsPerMinute: 2 } });
  const { userId, accessToken } = (await post(api, '/v1/accounts', ada)).json();
  const headers = bearer(accessToken);
  const asked = [`/v1/people?ids=${userId}`, '/v1/profile', '/v1/profile', `/v1/people?ids=${userId}`];
  const statuses = [];
  for (const url of asked) statuses.push((await api.inject({ url, headers })).statusCode);
  expect(statuses).toEqual([200, 200, 429, 429]);
  const change = await api.inject({ method: 'PATCH', url: '/v1/profile', headers, payload: { statusLine: 'x' } });
  expect(change.statusCode).toBe(429);
});

test('[P8] nought means no limit', async () => {
  const { api } = await createTestApi({ config: { refreshesPerMinute: 0 } });
  for (let index = 0; index < 50; index++) {
    expect((await post(api, '/v1/sessions/refresh', { refreshToken: 'x' })).statusCode).toBe(401);
  }
});

test('[P9] only a trusted proxy may say where a request comes from', async () => {
  const limited = { refreshesPerMinute: 1 };
  const statuses = async ({ api }: Made) => {
    const answers = [];
    for (const address of ['198.51.100.1', '198.51.100.2']) {
      const headers = { 'x-forwarded-for': address };
      const payload = { refreshToken: 'x' };
      answers.push(await api.inject({ method: 'POST', url: '/v1/sessions/refresh', payload, headers }));
    }
    return answers.map(({ statusCode }) => statusCode);
  };
  expect(await statuses(await createTestApi({ config: limited }))).toEqual([401, 429]);
  const trusting = await createTestApi({ config: { ...limited, trustProxy: ['127.0.0.1'] } });
  expect(await statuses(trusting)).toEqual([401, 401]);
});
