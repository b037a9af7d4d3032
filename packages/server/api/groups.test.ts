import { ErrorCode, Joining, ProtocolError } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import type { NewGroup } from '../logic/index.ts';
import { ada, bearer, createTestApi } from '../testing/api.ts';

const bob = `u${'b'.repeat(16)}`;

async function signedIn() {
  const made: { creator: string; group: NewGroup }[] = [];
  const { api } = await createTestApi({
    groups: {
      createGroup: async (creator, group) => {
        if (group.name === 'Nobody') throw new ProtocolError(ErrorCode.NOT_FOUND, 'a member does not exist');
        if (group.name === 'Hermits') throw new ProtocolError(ErrorCode.NOT_ACCEPTED, 'cannot be invited');
        made.push({ creator, group });
        return 'group.g0';
      },
      previewGroup: async (conversationId, linkCode) =>
        conversationId === 'group.g0' && linkCode === 'secret'
          ? { name: 'Geese', avatar: '🪿', memberCount: 3, joining: Joining.QUESTION, question: 'Where to?' }
          : undefined,
    },
  });
  const { accessToken, userId } = (await api.inject({ method: 'POST', url: '/v1/accounts', payload: ada })).json();
  const post = (payload: object, headers: Record<string, string> = bearer(accessToken)) =>
    api.inject({ method: 'POST', url: '/v1/groups', payload, headers });
  const preview = (path: string, headers: Record<string, string> = bearer(accessToken)) =>
    api.inject({ method: 'GET', url: `/v1/groups/${path}`, headers });
  return { post, preview, made, userId };
}

test('[E1] somebody signed in makes a group, under a name of their own for the request', async () => {
  const { post, made, userId } = await signedIn();
  const answer = await post({ name: 'Geese', members: [bob], clientMessageId: 'g-1' });
  expect([answer.statusCode, answer.json()]).toEqual([201, { conversationId: 'group.g0' }]);
  expect(made).toEqual([{ creator: userId, group: { name: 'Geese', members: [bob], clientMessageId: 'g-1' } }]);
  await post({ name: 'Geese', members: [] });
  expect(made[1]?.group.clientMessageId).toMatch(/^m/);
});

test('[E1, P9] what is no group is refused with a reason', async () => {
  const { post, made } = await signedIn();
  expect((await post({ name: ' ', members: [] })).statusCode).toBe(400);
  expect((await post({ name: 'Geese', members: ['bob'] })).statusCode).toBe(400);
  expect((await post({ name: 'Geese', members: Array(10_001).fill(bob) })).statusCode).toBe(400);
  expect((await post({ name: 'Nobody', members: [bob] })).statusCode).toBe(404);
  expect((await post({ name: 'Hermits', members: [bob] })).json()).toMatchObject({ status: 403, code: 'not-accepted' });
  expect((await post({ name: 'Geese', members: [] }, {})).statusCode).toBe(401);
  expect(made).toEqual([]);
});

test('[E2, P6] who has a group’s link is told where it leads, and nobody else', async () => {
  const { preview } = await signedIn();
  const answer = await preview('group.g0/preview?code=secret');
  expect(answer.json()).toEqual({
    name: 'Geese',
    avatar: '🪿',
    memberCount: 3,
    joining: 'question',
    question: 'Where to?',
  });
  expect((await preview('group.g0/preview?code=guess')).statusCode).toBe(404);
  expect((await preview('group.g0/preview')).statusCode).toBe(400);
  expect((await preview('group.g0/preview?code=secret', {})).statusCode).toBe(401);
});
