import { encodeBlock, encodeSetting, SYSTEM_USER_ID } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { AppWorld } from '../../testing/app-world.ts';

test('[E1, API-4] a group is made once for an idempotency key, and is told as it is', async () => {
  const world = await AppWorld.create();
  const { ana = '', ben = '' } = world.ids;
  const asked = { ownerId: 'ext:ana', name: 'Geese', members: [ben, 'ext:cai'] };
  const made = await world.call('POST', 'groups', asked, { 'idempotency-key': 'order:7' });
  expect(made).toMatchObject({ status: 201, body: { name: 'Geese', ownerId: ana, memberCount: 3, dissolved: false } });
  expect(await world.call('POST', 'groups', asked, { 'idempotency-key': 'order:7' })).toEqual(made);
  const other = await world.call('POST', 'groups', asked, { 'idempotency-key': 'order:8' });
  expect(other.body.conversationId).not.toBe(made.body.conversationId);
  expect(await world.call('GET', `groups/${made.body.conversationId}`)).toEqual({ ...made, status: 200 });
  expect(await world.said(made.body.conversationId)).toEqual(['ana: group-created']);
});

test('[E1, API-1] what is changed is in the log once, under the system, and what is so already is not', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const changes = { name: 'Ducks', announcement: 'South!', policy: { joining: 'approval', membersPin: false } };
  const changed = await world.call('PATCH', `groups/${group}`, changes);
  expect(changed).toMatchObject({ status: 200, body: { name: 'Ducks', announcement: 'South!' } });
  expect(changed.body.policy).toMatchObject({ joining: 'approval', membersPin: false, membersInvite: true });
  expect(await world.call('PATCH', `groups/${group}`, changes)).toEqual(changed);
  expect((await world.said(group)).slice(1)).toEqual(Array(3).fill(`${SYSTEM_USER_ID}: conversation-changed`));
});

test('[E2, E3, API-1] members are added, ranked, muted and removed, each once however often it is asked for', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const put = (ref: string, what: object) => world.call('PUT', `groups/${group}/members/${ref}`, what);
  const dan = { userId: world.ids.dan, nickname: '', mutedUntilMs: 0 };
  expect(await put('ext:dan', { role: 'admin' })).toEqual({ status: 201, body: { ...dan, role: 'admin' } });
  expect(await put('ext:dan', { role: 'admin' })).toEqual({ status: 200, body: { ...dan, role: 'admin' } });
  expect((await put('ext:ben', { mutedUntilMs: 5e12 })).body).toMatchObject({ role: 'member', mutedUntilMs: 5e12 });
  expect((await put('ext:cai', { role: 'owner' })).body).toMatchObject({ role: 'owner' });
  expect((await put('ext:cai', { role: 'member' })).body).toMatchObject({ status: 403, code: 'not-allowed' });
  const remove = () => world.call('DELETE', `groups/${group}/members/ext:ben`);
  expect([(await remove()).status, (await remove()).status]).toEqual([204, 404]);
  const { body } = await world.call('GET', `groups/${group}/members`);
  expect(body.members.map(({ role, userId }: { role: string; userId: string }) => [role, userId])).toEqual([
    ['owner', world.ids.cai],
    ...['ana', 'dan'].map((name) => ['admin', world.ids[name]]).sort((a, b) => ((a[1] ?? '') < (b[1] ?? '') ? -1 : 1)),
  ]);
  expect(await world.said(group)).toHaveLength(6);
});

test('[E4, E2] many are added at once, listed page by page, and found by a part of their names', async () => {
  const world = await AppWorld.create();
  const { body } = await world.call('POST', 'groups', { ownerId: 'ext:ana', name: 'Geese' });
  const path = `groups/${body.conversationId}/members`;
  const add = (key: string) =>
    world.call('POST', path, { userIds: ['ext:ben', 'ext:cai', 'ext:dan'] }, { 'idempotency-key': key });
  expect([(await add('a')).status, (await add('a')).status, (await add('b')).status]).toEqual([204, 204, 204]);
  expect(await world.said(body.conversationId)).toHaveLength(2);
  const seen: string[] = [];
  for (let after: string | undefined = ''; after !== undefined; ) {
    const page: { members: { userId: string }[]; nextAfter?: string } = (
      await world.call('GET', `${path}?limit=3&after=${encodeURIComponent(after)}`)
    ).body;
    seen.push(...page.members.map(({ userId }) => userId));
    after = page.nextAfter;
  }
  expect(seen.toSorted()).toEqual(Object.values(world.ids).toSorted());
  const found = (await world.call('GET', `${path}?query=be`)).body.members;
  expect(found.map(({ userId }: { userId: string }) => userId)).toEqual([world.ids.ben]);
  expect(await world.call('GET', `${path}?after=nobody`)).toMatchObject({
    ...{ status: 422, body: { code: 'invalid-argument', detail: 'after is no place in the list' } },
  });
});

test('[E1, GRP-5] a dissolved group stays to be read, and nothing is changed in it', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const dissolve = () => world.call('DELETE', `groups/${group}`);
  expect([(await dissolve()).status, (await dissolve()).status]).toEqual([204, 204]);
  expect((await world.call('GET', `groups/${group}`)).body.dissolved).toBe(true);
  expect(await world.call('PATCH', `groups/${group}`, { name: 'x' })).toMatchObject({ status: 403 });
  expect(await world.call('PUT', `groups/${group}/members/ext:dan`, {})).toMatchObject({ status: 403 });
});

test('[API-2, PPL-3, PPL-4] who wants no invitations is taken in by the app all the same, but not over a block', async () => {
  const world = await AppWorld.create();
  const set = (name: string, key: string, value: Uint8Array) =>
    world.store.records.set({ userId: world.ids[name] ?? '', key, value, changedAtMs: 1, timeMs: 1 });
  await set('ben', 'setting/who-may-invite', encodeSetting({ value: 'nobody' }));
  await set('cai', `block/${SYSTEM_USER_ID}`, encodeBlock({ blocked: true }));
  const make = (members: string[]) => world.call('POST', 'groups', { ownerId: 'ext:ana', name: 'x', members });
  expect(await make(['ext:cai'])).toMatchObject({ status: 403, body: { code: 'not-accepted' } });
  const { body } = await make(['ext:ben']);
  expect(body.memberCount).toBe(2);
  const refused = await world.call('PUT', `groups/${body.conversationId}/members/ext:cai`, {});
  expect(refused).toMatchObject({ status: 403, body: { code: 'not-accepted' } });
});

test('[P9] what is no group, or names nobody, is refused with a reason', async () => {
  const world = await AppWorld.create();
  const make = (body: object) => world.call('POST', 'groups', { ownerId: 'ext:ana', name: 'x', ...body });
  expect((await make({ ownerId: 'ana' })).status).toBe(400);
  expect((await make({ ownerId: 'system' })).status).toBe(400);
  expect((await make({ members: [SYSTEM_USER_ID] })).status).toBe(400);
  expect((await make({ members: ['ext:nobody'] })).body).toMatchObject({
    ...{ status: 404, code: 'not-found', detail: 'there is no account ext:nobody' },
  });
  expect((await make({ members: [`u${'0'.repeat(16)}`] })).status).toBe(404);
  expect((await make({ members: Array(501).fill('ext:ben') })).status).toBe(400);
  const nowhere = `group.g${'0'.repeat(16)}`;
  expect((await world.call('GET', `groups/${nowhere}`)).status).toBe(404);
  expect((await world.call('GET', `groups/${nowhere}/members`)).status).toBe(404);
  expect((await world.call('PUT', `groups/${nowhere}/members/ext:ana`, {})).status).toBe(404);
  expect((await world.call('GET', 'groups/nowhere')).status).toBe(400);
  expect((await world.call('GET', `groups/direct.${world.ids.ana}.${world.ids.ben}`)).status).toBe(400);
});
