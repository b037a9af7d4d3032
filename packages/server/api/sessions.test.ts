import { StoreError } from '@hongyan/core/ports';
import { expect, test } from 'vitest';
import { ada, bearer, createTestApi } from '../testing/api.ts';

async function registered() {
  const made = await createTestApi();
  const post = (url: string, payload: object) => made.api.inject({ method: 'POST', url, payload });
  const session = (await post('/v1/accounts', ada)).json();
  const refresh = async (refreshToken: string) => {
    const answer = await post('/v1/sessions/refresh', { refreshToken });
    return { status: answer.statusCode, ...answer.json() };
  };
  const profileStatus = async (accessToken: string) =>
    (await made.api.inject({ url: '/v1/profile', headers: bearer(accessToken) })).statusCode;
  return { ...made, post, session, refresh, profileStatus };
}

test('[A1] signing in adds a device to the account', async () => {
  const { post, session, accounts } = await registered();
  const answer = await post('/v1/sessions', { handle: 'ADA', password: ada.password, deviceName: 'Phone' });
  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toMatchObject({ userId: session.userId, handle: 'Ada' });
  expect(await accounts.devicesOf(session.userId)).toHaveLength(2);
});

test('[P9] a wrong password and an unknown handle get the same answer', async () => {
  const { post } = await registered();
  const wrong = await post('/v1/sessions', { handle: 'ada', password: 'difference engine' });
  const unknown = await post('/v1/sessions', { handle: 'nobody', password: 'difference engine' });
  expect(wrong.statusCode).toBe(401);
  expect(wrong.json().code).toBe('invalid-credentials');
  expect(unknown.json()).toEqual(wrong.json());
});

test('[A1] a password is the same however its accents are composed', async () => {
  const { post } = await createTestApi().then(({ api }) => ({
    post: (url: string, payload: object) => api.inject({ method: 'POST', url, payload }),
  }));
  await post('/v1/accounts', { ...ada, password: 'caf\u00e9 caf\u00e9' });
  const answer = await post('/v1/sessions', { handle: 'ada', password: 'cafe\u0301 cafe\u0301' });
  expect(answer.statusCode).toBe(201);
});

test('[A1] refreshing gives new tokens, and the newest refresh token goes on working', async () => {
  const { session, refresh, profileStatus, clock } = await registered();
  clock.advance(60_000);
  const second = await refresh(session.refreshToken);
  expect(second.status).toBe(200);
  expect(second.deviceId).toBe(session.deviceId);
  expect(second.refreshToken).not.toBe(session.refreshToken);
  expect(second.accessTokenExpiresAtMs).toBe(session.accessTokenExpiresAtMs + 60_000);
  expect(await profileStatus(second.accessToken)).toBe(200);
  expect((await refresh(second.refreshToken)).status).toBe(200);
});

test('[A1] a lost answer signs nobody out: the same token gives the same next one', async () => {
  const { session, refresh } = await registered();
  const lost = await refresh(session.refreshToken);
  const repeated = await refresh(session.refreshToken);
  const again = await refresh(session.refreshToken);
  expect([repeated.refreshToken, again.refreshToken]).toEqual([lost.refreshToken, lost.refreshToken]);
  expect((await refresh(repeated.refreshToken)).status).toBe(200);
});

test('[A1] refreshes at the same time agree on the next token', async () => {
  const { session, refresh } = await registered();
  const answers = await Promise.all([1, 2, 3].map(() => refresh(session.refreshToken)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
});

test('[P9] a refresh token is dead once the one after it was used', async () => {
  const { session, refresh } = await registered();
  const second = await refresh(session.refreshToken);
  const third = await refresh(second.refreshToken);
  expect(await refresh(session.refreshToken)).toMatchObject({ status: 401, code: 'invalid-refresh-token' });
  expect((await refresh(third.refreshToken)).status).toBe(200);
});

test.each(['', 'nonsense', `d${'0'.repeat(16)}.${'A'.repeat(43)}`])(
  '[P9] the forged refresh token "%s" is refused',
  async (refreshToken) => {
    const { refresh } = await registered();
    expect(await refresh(refreshToken)).toMatchObject({ status: 401, code: 'invalid-refresh-token' });
  },
);

test('[P9] a refresh token forged for a real device is refused', async () => {
  const { session, refresh } = await registered();
  expect((await refresh(`${session.deviceId}.${'A'.repeat(43)}`)).status).toBe(401);
});

test('[A1] signing out ends this device at once and leaves the others', async () => {
  const { api, post, session, refresh, profileStatus, revoked } = await registered();
  const other = (await post('/v1/sessions', { handle: 'ada', password: ada.password })).json();
  expect(await profileStatus(session.accessToken)).toBe(200);
  const signOut = () =>
    api.inject({ method: 'DELETE', url: '/v1/sessions/current', headers: bearer(session.accessToken) });
  const answer = await signOut();
  expect([answer.statusCode, answer.body]).toEqual([204, '']);
  expect(revoked).toEqual([session.deviceId]);
  expect(await profileStatus(session.accessToken)).toBe(401);
  expect((await refresh(session.refreshToken)).status).toBe(401);
  expect((await signOut()).statusCode).toBe(401);
  expect(await profileStatus(other.accessToken)).toBe(200);
});

test('[A1] an access token ends after 15 minutes', async () => {
  const { session, profileStatus, clock } = await registered();
  clock.advance(15 * 60_000 - 1_000);
  expect(await profileStatus(session.accessToken)).toBe(200);
  clock.advance(1_000);
  expect(await profileStatus(session.accessToken)).toBe(401);
});

test('[P8] the oldest device makes room when an account has too many', async () => {
  const { post, accounts, session, clock, revoked } = await registered();
  const device = await accounts.deviceById(session.deviceId);
  for (let index = 1; device !== undefined && index < 100; index++) {
    await accounts.createDevice({ ...device, deviceId: `d${index}`, createdAtMs: clock.now() + index });
  }
  await post('/v1/sessions', { handle: 'ada', password: ada.password });
  expect(revoked).toEqual([session.deviceId]);
  expect(await accounts.devicesOf(session.userId)).toHaveLength(100);
});

test('[SES-3] while it cannot be looked up whether a device was signed out, no call is answered on its token alone', async () => {
  const { api, accounts, accessTokens } = await createTestApi();
  accounts.deviceById = async () => {
    throw new StoreError('unavailable', 'store-queue-full');
  };
  const { accessToken } = await accessTokens.issue({ userId: 'u0', deviceId: 'd0' });
  for (const [method, url] of [
    ['GET', '/v1/profile'],
    ['DELETE', '/v1/sessions/current'],
  ] as const) {
    const answer = await api.inject({ method, url, headers: bearer(accessToken) });
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
});
