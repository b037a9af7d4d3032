import { encodeWish } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { AppWorld, saying } from '../../testing/app-world.ts';

const namesOf = (answer: { body: { people: { person: { handle: string } }[] } }) =>
  answer.body.people.map(({ person }) => person.handle);

test('[B1, API-5] two are friends at once and for both, and so with one event each however often it is asked for', async () => {
  const world = await AppWorld.create();
  const put = () => world.call('PUT', 'users/ext:ana/friends/ext:ben');
  expect([(await put()).status, (await put()).status]).toEqual([204, 204]);
  expect(namesOf(await world.call('GET', 'users/ext:ana/friends'))).toEqual(['ben']);
  expect(namesOf(await world.call('GET', `users/${world.ids.ben}/friends`))).toEqual(['ana']);
  const events = await world.store.userLog.lastSeq(world.ids.ana ?? '');
  await put();
  expect(await world.store.userLog.lastSeq(world.ids.ana ?? '')).toBe(events);
  expect((await world.call('DELETE', 'users/ext:ben/friends/ext:ana')).status).toBe(204);
  for (const name of ['ana', 'ben']) expect(namesOf(await world.call('GET', `users/ext:${name}/friends`))).toEqual([]);
});

test('[B1, API-5, REC-2] a wish that was stated by a clock that is ahead does not stop it', async () => {
  const world = await AppWorld.create();
  const value = encodeWish({ wanted: false, greeting: '' });
  const record = { key: `friend/${world.ids.ben}`, value, changedAtMs: world.made.clock.now() + 200_000 };
  await world.store.records.set({ userId: world.ids.ana ?? '', ...record, timeMs: 1 });
  await world.call('PUT', 'users/ext:ana/friends/ext:ben');
  expect(namesOf(await world.call('GET', 'users/ext:ben/friends'))).toEqual(['ana']);
});

test('[B5, PPL-3, API-5] a block stops messages and friendship until it is taken back', async () => {
  const world = await AppWorld.create();
  expect((await world.call('PUT', 'users/ext:ana/blocks/ext:ben')).status).toBe(204);
  expect(namesOf(await world.call('GET', 'users/ext:ana/blocks'))).toEqual(['ben']);
  const send = () => world.call('POST', 'users/ext:ana/messages', saying('ext:ben', 'hello'));
  expect((await send()).body).toMatchObject({ status: 403, code: 'not-accepted' });
  for (const pair of ['ext:ana/friends/ext:ben', 'ext:ben/friends/ext:ana'])
    expect((await world.call('PUT', `users/${pair}`)).body).toMatchObject({ status: 403, code: 'not-accepted' });
  expect(await world.store.records.values(world.ids.ana ?? '', [`friend/${world.ids.ben}`])).toEqual([undefined]);
  expect((await world.call('DELETE', 'users/ext:ana/blocks/ext:ben')).status).toBe(204);
  expect((await send()).status).toBe(201);
});

test('[B2, API-5] friends are listed page by page, whatever other records there are', async () => {
  const world = await AppWorld.create();
  for (const name of ['ben', 'cai', 'dan']) {
    await world.call('PUT', `users/ext:ana/blocks/ext:${name}`);
    await world.call('DELETE', `users/ext:ana/blocks/ext:${name}`);
    await world.call('PUT', `users/ext:ana/friends/ext:${name}`);
  }
  const first = await world.call('GET', 'users/ext:ana/friends?limit=2');
  expect(namesOf(first)).toEqual(['ben', 'cai']);
  const rest = await world.call('GET', `users/ext:ana/friends?limit=2&after=${first.body.nextAfter}`);
  expect([namesOf(rest), rest.body.nextAfter]).toEqual([['dan'], undefined]);
});

test('[P9] nobody is a friend of themselves, of nobody, or of the system', async () => {
  const world = await AppWorld.create();
  const put = async (path: string) => (await world.call('PUT', `users/${path}`)).status;
  expect(await put('ext:ana/friends/ext:ana')).toBe(400);
  expect(await put(`${world.ids.ana}/friends/ext:ana`)).toBe(422);
  expect(await put('ext:ana/friends/ext:nobody')).toBe(404);
  expect(await put(`ext:ana/friends/u${'0'.repeat(16)}`)).toBe(404);
  expect(await put('ext:ana/friends/system')).toBe(400);
  expect(await put('ext:ana/friends/usystem0000000000')).toBe(400);
});
