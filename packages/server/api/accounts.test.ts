import { expect, test } from 'vitest';
import { ada, createTestApi } from '../testing/api.ts';

const url = '/v1/accounts';

test('[A1] registering creates an account and signs the device in', async () => {
  const { api, clock, userEvents } = await createTestApi();
  const answer = await api.inject({ method: 'POST', url, payload: { ...ada, deviceName: 'Laptop' } });
  expect(answer.statusCode).toBe(201);
  const session = answer.json();
  expect(session).toEqual({
    userId: expect.stringMatching(/^u\w{16}$/),
    deviceId: expect.stringMatching(/^d\w{16}$/),
    handle: 'Ada',
    displayName: 'Ada Lovelace',
    statusLine: '',
    accessToken: expect.any(String),
    accessTokenExpiresAtMs: clock.now() + 15 * 60_000,
    refreshToken: expect.stringMatching(new RegExp(`^${session.deviceId}\\.[\\w-]{43}$`)),
  });
  expect(userEvents).toMatchObject([
    { userId: session.userId, event: { event: { case: 'deviceAdded', value: { name: 'Laptop' } } } },
  ]);
});

test('[A1] a handle is taken once, whatever its case', async () => {
  const { api } = await createTestApi();
  await api.inject({ method: 'POST', url, payload: ada });
  const second = await api.inject({ method: 'POST', url, payload: { ...ada, handle: 'aDA' } });
  expect(second.statusCode).toBe(409);
  expect(second.headers['content-type']).toContain('application/problem+json');
  expect(second.json()).toMatchObject({ code: 'handle-taken', status: 409 });
});

test('[A1] of two registrations of one handle at once, one wins', async () => {
  const { api } = await createTestApi();
  const answers = await Promise.all([1, 2].map(() => api.inject({ method: 'POST', url, payload: ada })));
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([201, 409]);
});

test('[A1] the password is stored as argon2id with the recommended cost', async () => {
  const { api, accounts } = await createTestApi();
  await api.inject({ method: 'POST', url, payload: ada });
  const user = await accounts.userByHandle('ada');
  expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test.each([
  ['a handle that is too short', { handle: 'ab' }, '/handle'],
  ['a handle with other letters', { handle: 'adá' }, '/handle'],
  ['a handle that is too long', { handle: 'a'.repeat(33) }, '/handle'],
  ['a short password', { password: '1234567' }, '/password'],
  ['a long password', { password: 'x'.repeat(129) }, '/password'],
  ['a name with a control character', { displayName: 'Ada\u0007' }, '/displayName'],
  ['a name that turns the text around it', { displayName: 'Ada\u202egnp' }, '/displayName'],
  ['an invisible name', { displayName: ' \u200b ' }, '/displayName'],
  ['a long name', { displayName: '鸿'.repeat(65) }, '/displayName'],
  ['a number for a name', { displayName: 7 }, '/displayName'],
])('[P9] %s is refused and named', async (_what, change, path) => {
  const { api, accounts } = await createTestApi();
  const answer = await api.inject({ method: 'POST', url, payload: { ...ada, ...change } });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: 'invalid-input', errors: [{ path }] });
  expect(await accounts.findUsers('a', 10)).toEqual([]);
});

test('[A1] a name may be any text and is trimmed', async () => {
  const { api } = await createTestApi();
  const displayName = '  鸿雁 👩‍🚀 Ünï  ';
  const answer = await api.inject({ method: 'POST', url, payload: { ...ada, displayName } });
  expect(answer.json().displayName).toBe('鸿雁 👩‍🚀 Ünï');
});

test.each([
  ['no JSON', 'application/json', '{', 400, 'invalid-input'],
  ['an empty body', 'application/json', '', 400, 'invalid-input'],
  ['another media type', 'text/xml', '<a/>', 415, 'unsupported-media-type'],
  ['a body that is too large', 'application/json', `"${'x'.repeat(20_000)}"`, 413, 'too-large'],
  ['a poisoned prototype', 'application/json', '{"__proto__": {"admin": true}}', 400, 'invalid-input'],
])('[P9] %s is answered with a problem', async (_what, contentType, payload, status, code) => {
  const { api } = await createTestApi();
  const answer = await api.inject({ method: 'POST', url, payload, headers: { 'content-type': contentType } });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ code, type: `urn:hongyan:problem:${code}` });
});
