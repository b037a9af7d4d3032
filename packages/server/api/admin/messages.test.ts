import { directConversationId, encodeBlock, encodeSetting, SYSTEM_USER_ID } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { AppWorld, saying } from '../../testing/app-world.ts';

const between = (world: AppWorld, one: string, other: string) =>
  directConversationId(world.ids[one] ?? '', world.ids[other] ?? '');

test('[API-1, API-4, LOG-2] a message is sent as an account, once for an idempotency key', async () => {
  const world = await AppWorld.create();
  const send = (key: string, text = 'Hello') =>
    world.call('POST', 'users/ext:ben/messages', saying('ext:ana', text), { 'idempotency-key': key });
  const sent = await send('7');
  expect(sent).toMatchObject({ status: 201, body: { conversationId: between(world, 'ana', 'ben'), seq: 1 } });
  expect(await send('7', 'something else')).toEqual(sent);
  expect((await send('8', 'Hello again')).body.seq).toBe(2);
  expect(await world.said(sent.body.conversationId)).toEqual(['ana: Hello', 'ana: Hello again']);
});

test('[API-3, MSG-1] history has messages as they are now: edited, with reactions, answers and mentions', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const path = `conversations/${group}/messages`;
  const seq = await world.say(group, 'ext:ana', 'Hello <@ext:ben>, <@all>');
  await world.call('PATCH', `${path}/${seq}`, saying('ext:ana', 'Hi <@ext:cai>'));
  await world.call('POST', `${path}/${seq}/reactions`, { senderId: 'ext:ben', emoji: ['👍'] });
  await world.call('POST', `${path}/${seq}/reactions`, { senderId: 'ext:ben', emoji: ['🪿', '👍'] });
  await world.call('POST', `${path}/${seq}/reactions`, { senderId: 'ext:cai', emoji: ['👎'] });
  await world.call('POST', `${path}/${seq}/reactions`, { senderId: 'ext:cai', emoji: [] });
  await world.call('POST', path, { ...saying('ext:ben', 'yes'), replyToSeq: seq });
  const { body } = await world.call('GET', `${path}?limit=200`);
  const { ben, cai } = world.ids;
  expect(body.messages[1]).toMatchObject({
    ...{ seq, kind: 'message', bySystem: false, erased: false, mentionsAll: false, mentionedIds: [cai] },
    content: { kind: 'text', text: `Hi <@${cai}>` },
    reactions: [{ userId: ben, emoji: ['🪿', '👍'] }],
  });
  expect(body.messages[1].editedAtMs).toBeGreaterThan(0);
  expect(body.messages[2]).toMatchObject({ content: { text: 'yes' }, replyToSeq: seq, reactions: [] });
  expect(body.lastSeq).toBe(8);
  const narrow = await world.call('GET', `${path}?afterSeq=${seq - 1}&limit=1`);
  expect(narrow.body.messages).toEqual([body.messages[1]]);
});

test('[API-3, LOG-6] pages go on from each other in both directions, and meet all there is once', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  for (let index = 1; index <= 7; index++) await world.say(group, 'ext:ana', `${index}`);
  const walk = async (parameter: 'nextAfterSeq' | 'nextBeforeSeq', start: string) => {
    const pages: number[][] = [];
    for (let query: string | undefined = start; query !== undefined; ) {
      const { body } = await world.call('GET', `conversations/${group}/messages?limit=3${query}`);
      pages.push(body.messages.map(({ seq }: { seq: number }) => seq));
      const next: number | undefined = body[parameter];
      query = next === undefined ? undefined : `&${parameter === 'nextAfterSeq' ? 'afterSeq' : 'beforeSeq'}=${next}`;
    }
    return pages;
  };
  expect(await walk('nextAfterSeq', '&afterSeq=0')).toEqual([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8],
  ]);
  expect(await walk('nextBeforeSeq', '')).toEqual([
    [6, 7, 8],
    [3, 4, 5],
    [1, 2],
  ]);
});

test('[API-3, MSG-2, P7] what was recalled is in no answer any more, not its edits and not by its key', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const path = `conversations/${group}/messages`;
  const key = { 'idempotency-key': 'k' };
  const { body: sent } = await world.call('POST', path, saying('ext:ana', 'secret one'), key);
  await world.call('PATCH', `${path}/${sent.seq}`, saying('ext:ana', 'secret two'));
  await world.call('POST', `${path}/${sent.seq}/reactions`, { senderId: 'ext:ben', emoji: ['🤫'] });
  const recall = () => world.call('DELETE', `${path}/${sent.seq}`);
  expect([(await recall()).status, (await recall()).status]).toEqual([204, 204]);
  const answers = [await world.call('POST', path, saying('ext:ana', 'secret one'), key)];
  for (const query of ['', '?afterSeq=0', `?userId=ext:ben`, `?userId=ext:ana&afterSeq=1&limit=1`, '?beforeSeq=3'])
    answers.push(await world.call('GET', path + query));
  answers.push(await world.call('PATCH', `${path}/${sent.seq}`, saying('ext:ana', 'again')));
  expect(answers.at(-1)).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(JSON.stringify(answers)).not.toMatch(/secret|🤫/);
  expect(await world.said(group)).toEqual(['ana: group-created', 'ana: (erased)']);
});

test('[API-2, PPL-3, PPL-4] the system writes to whoever has not blocked it, and to every group', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const set = (name: string, key: string, value: Uint8Array) =>
    world.store.records.set({ userId: world.ids[name] ?? '', key, value, changedAtMs: 1, timeMs: 1 });
  await set('ben', 'setting/who-may-write', encodeSetting({ value: 'nobody' }));
  await set('cai', `block/${SYSTEM_USER_ID}`, encodeBlock({ blocked: true }));
  const send = (name: string, from: string) => world.call('POST', `users/ext:${name}/messages`, saying(from, 'news'));
  expect((await send('ben', 'ext:ana')).body).toMatchObject({ status: 403, code: 'not-accepted' });
  expect((await send('cai', 'system')).body).toMatchObject({ status: 403, code: 'not-accepted' });
  const { body } = await send('ben', 'system');
  const page = await world.call('GET', `conversations/${body.conversationId}/messages`);
  expect(page.body.messages).toMatchObject([{ bySystem: true, senderId: SYSTEM_USER_ID, content: { text: 'news' } }]);
  await world.say(group, 'system', 'to <@all>');
  expect((await world.said(group)).at(-1)).toBe(`${SYSTEM_USER_ID}: to <@all>`);
  expect((await world.store.accounts.userById(SYSTEM_USER_ID))?.handle).toBe('system');
});

test('[API-1, P6] as an account a backend does what that account may do, and reads what it may read', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const path = `conversations/${group}/messages`;
  const seq = await world.say(group, 'ext:ben', 'mine');
  const code = async (answer: ReturnType<AppWorld['call']>) => (await answer).body?.code;
  // Dan is no member, Cai is none any more.
  await world.call('DELETE', `groups/${group}/members/ext:cai`);
  await world.say(group, 'ext:ana', 'after Cai');
  for (const name of ['cai', 'dan']) {
    expect(await code(world.call('POST', path, saying(`ext:${name}`, 'let me in')))).toBe('not-allowed');
    expect(await code(world.call('PATCH', `${path}/${seq}`, saying(`ext:${name}`, 'changed')))).toBe('not-allowed');
    expect(await code(world.call('DELETE', `${path}/${seq}?senderId=ext:${name}`))).toBe('not-allowed');
    const reaction = { senderId: `ext:${name}`, emoji: ['👍'] };
    expect(await code(world.call('POST', `${path}/${seq}/reactions`, reaction))).toBe('not-allowed');
  }
  expect(await code(world.call('GET', `${path}?userId=ext:dan`))).toBe('not-allowed');
  expect((await world.said(group, 'userId=ext:cai')).join()).not.toContain('after Cai');
  expect(await world.said(group, 'userId=ext:cai')).toContain('ben: mine');
  // Ben is a member: not one who edits or recalls what the owner wrote, or mentions all.
  const ofAna = await world.say(group, 'ext:ana', 'hers');
  expect(await code(world.call('DELETE', `${path}/${ofAna}?senderId=ext:ben`))).toBe('not-allowed');
  expect(await code(world.call('PATCH', `${path}/${ofAna}`, saying('ext:ben', 'his')))).toBe('not-allowed');
  expect(await code(world.call('PATCH', `${path}/${ofAna}`, saying('system', 'its')))).toBe('not-allowed');
  expect(await code(world.call('POST', path, saying('ext:ben', '<@all>')))).toBe('not-allowed');
  const muted = { mutedUntilMs: 5e12 };
  await world.call('PUT', `groups/${group}/members/ext:ben`, muted);
  expect(await code(world.call('POST', path, saying('ext:ben', 'muted')))).toBe('muted');
});

test('[API-2, P6] the system has no part in what two say to each other', async () => {
  const world = await AppWorld.create();
  const direct = between(world, 'ana', 'ben');
  await world.say(direct, 'ext:ana', 'just us');
  const path = `conversations/${direct}/messages`;
  for (const senderId of ['system', 'ext:cai']) {
    expect((await world.call('POST', path, saying(senderId, 'me too'))).status).toBe(403);
    expect((await world.call('DELETE', `${path}/1?senderId=${senderId}`)).status).toBe(403);
  }
  expect((await world.call('GET', `${path}?userId=ext:cai`)).status).toBe(403);
  expect(await world.said(direct)).toEqual(['ana: just us']);
});

test('[P9] what can be no message is refused with a reason', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const send = async (body: object) => {
    const answer = await world.call('POST', `conversations/${group}/messages`, body);
    return [answer.status, answer.body.code];
  };
  expect(await send(saying('ext:ana', ''))).toEqual([400, 'invalid-input']);
  expect(await send(saying('ext:ana', 'x'.repeat(65_537)))).toEqual([400, 'invalid-input']);
  expect(await send(saying('ext:ana', '鸿'.repeat(22_000)))).toEqual([422, 'limit-exceeded']);
  expect(await send(saying('ext:ana', 'x'.repeat(600_000)))).toEqual([413, 'too-large']);
  expect(await send(saying('ext:nobody', 'x'))).toEqual([404, 'not-found']);
  expect(await send(saying('ext:ana', '<@ext:nobody>'))).toEqual([404, 'not-found']);
  expect(await send({ senderId: 'ext:ana', content: { kind: 'bundle' } })).toEqual([400, 'invalid-input']);
  expect(await send({ ...saying('ext:ana', 'x'), lifetimeMs: 1 })).toEqual([400, 'invalid-input']);
  expect(await send({ senderId: 'ext:ana', content: { kind: 'contact', userId: `u${'0'.repeat(16)}` } })).toEqual([
    ...[404, 'not-found'],
  ]);
  expect((await world.call('GET', 'conversations/nowhere/messages')).status).toBe(400);
  expect((await world.call('GET', `conversations/group.g${'0'.repeat(16)}/messages`)).status).toBe(404);
});
