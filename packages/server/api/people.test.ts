import { expect, test } from 'vitest';
import { ada, bearer, createTestApi } from '../testing/api.ts';

async function twoPeople() {
  const { api } = await createTestApi();
  const register = async (payload: object) =>
    (await api.inject({ method: 'POST', url: '/v1/accounts', payload })).json();
  const [adaSession, graceSession] = [
    await register(ada),
    await register({ handle: 'grace', password: 'nanoseconds', displayName: '葛丽丝 Hopper' }),
  ];
  const headers = bearer(adaSession.accessToken);
  const get = async (url: string) => {
    const answer = await api.inject({ url, headers });
    return { status: answer.statusCode, ...answer.json() };
  };
  const patch = async (payload: object) => {
    const answer = await api.inject({ method: 'PATCH', url: '/v1/profile', headers, payload });
    return { status: answer.statusCode, ...answer.json() };
  };
  return { api, get, patch, adaSession, graceSession };
}

test('[A3] people are found by part of a handle or name', async () => {
  const { get, graceSession } = await twoPeople();
  const grace = { userId: graceSession.userId, handle: 'grace', displayName: '葛丽丝 Hopper', statusLine: '' };
  expect(await get('/v1/people?query=HOPP')).toEqual({ status: 200, people: [grace] });
  expect((await get(`/v1/people?query=${encodeURIComponent('葛丽')}`)).people).toEqual([grace]);
  expect((await get('/v1/people?query=nobody')).people).toEqual([]);
  expect((await get('/v1/people?query=a&limit=1')).people).toHaveLength(1);
});

test('[A3] people are given by id, and unknown ids left out', async () => {
  const { get, adaSession, graceSession } = await twoPeople();
  const { people } = await get(`/v1/people?ids=${graceSession.userId},u${'0'.repeat(16)},${adaSession.userId}`);
  expect(people.map(({ handle }: { handle: string }) => handle).sort()).toEqual(['Ada', 'grace']);
});

test.each([
  ['neither query nor ids', ''],
  ['a query of nothing', 'query='],
  ['a blank query', 'query=%20%09'],
  ['a query with a control character', 'query=a%00b'],
  ['both', `query=a&ids=u${'0'.repeat(16)}`],
  ['a limit of nought', 'query=a&limit=0'],
  ['a limit beyond the bound', 'query=a&limit=1000'],
  ['an impossible id', 'ids=nobody'],
  ['too many ids', `ids=${Array(101).fill(`u${'0'.repeat(16)}`)}`],
  ['the same question twice', 'query=a&query=b'],
])('[P9] %s is refused', async (_what, query) => {
  const { get } = await twoPeople();
  expect(await get(`/v1/people?${query}`)).toMatchObject({ status: 400, code: 'invalid-input' });
});

test('[A3] a profile changes where it is told to and stays as it is elsewhere', async () => {
  const { get, patch } = await twoPeople();
  expect(await patch({ statusLine: ' Counting ' })).toMatchObject({
    displayName: 'Ada Lovelace',
    statusLine: 'Counting',
  });
  expect(await patch({ displayName: 'Countess' })).toMatchObject({ displayName: 'Countess', statusLine: 'Counting' });
  expect(await get('/v1/profile')).toMatchObject({ displayName: 'Countess', statusLine: 'Counting' });
  expect(await patch({ statusLine: '' })).toMatchObject({ statusLine: '' });
});

test('[A3] two changes of a profile at once both stay', async () => {
  const { get, patch } = await twoPeople();
  await Promise.all([patch({ statusLine: 'Counting' }), patch({ displayName: 'Countess' })]);
  expect(await get('/v1/profile')).toMatchObject({ displayName: 'Countess', statusLine: 'Counting' });
});

test('[P9] a profile with a control character is refused and nothing changes', async () => {
  const { get, patch } = await twoPeople();
  expect(await patch({ displayName: 'X', statusLine: 'a\u0000b' })).toMatchObject({ status: 400 });
  expect(await get('/v1/profile')).toMatchObject({ displayName: 'Ada Lovelace' });
});

test.each([
  ['no token', {}],
  ['a forged token', bearer('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1MCJ9.AAAA')],
  ['a token without a signature', bearer('eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1MCJ9.')],
  ['another scheme', { authorization: 'Basic YWRhOmFkYQ==' }],
])('[P6] with %s nothing is said of anybody', async (_what, headers) => {
  const { api } = await twoPeople();
  for (const url of ['/v1/profile', '/v1/people?query=ada']) {
    const answer = await api.inject({ url, headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe('unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  }
});
