import { decodeContent, SYSTEM_USER_ID } from '@hongyan/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { RawConnection } from '../wire/raw-connection.ts';

const KEY = 'a-key-that-the-operator-gave-to-the-process';
let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.prepare(['--api-key', KEY]);
  await server.start();
});
afterAll(() => server?.dispose());

async function call(method: string, path: string, body?: object, idempotencyKey?: string) {
  const headers = {
    authorization: `Bearer ${KEY}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  const answer = await fetch(`${server.url}/v1/admin/${path}`, {
    ...{ method, headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Somebody of the app's, with a device that is connected. */
async function online(name: string): Promise<{ userId: string; connection: RawConnection }> {
  await call('PUT', `users/${name}`, { displayName: name });
  const { body } = await call('POST', `users/${name}/tokens`, { deviceName: 'raw' });
  const connection = await RawConnection.open({ port: server.port, tcpPort: server.tcpPort }, 'ws');
  await connection.signIn(body.accessToken);
  return { userId: body.userId, connection };
}

/** The text of the next message that is pushed, and whose it is. */
async function nextMessage(connection: RawConnection): Promise<string> {
  const frame = await connection.next(({ body }) => body?.case === 'entry' && body.value.kind === 1);
  if (frame.body?.case !== 'entry') throw new Error('no entry');
  const { kind } = decodeContent(frame.body.value.body);
  return `${frame.body.value.senderId}: ${kind?.case === 'text' ? kind.value.text : kind?.case}`;
}

const saying = (senderId: string, text: string) => ({ senderId, content: { kind: 'text', text } });

test('[O1, API-1, API-2] what a backend does reaches devices live: messages, groups, friends, and what the system says', async () => {
  const [ana, ben] = [await online('ana'), await online('ben')];
  await call('POST', 'users/ext:ben/messages', saying('ext:ana', 'from Ana'));
  expect(await nextMessage(ben.connection)).toBe(`${ana.userId}: from Ana`);
  // Her own devices learn what was sent in her name.
  expect(await nextMessage(ana.connection)).toBe(`${ana.userId}: from Ana`);
  await call('POST', 'users/ext:ben/messages', saying('system', 'from the shop'));
  expect(await nextMessage(ben.connection)).toBe(`${SYSTEM_USER_ID}: from the shop`);
  const group = await call('POST', 'groups', { ownerId: 'ext:ana', name: 'Geese', members: ['ext:ben'] });
  const { conversationId } = group.body;
  await ben.connection.next(({ body }) => body?.case === 'entry' && body.value.conversationId === conversationId);
  await call('PATCH', `groups/${conversationId}`, { name: 'Ducks' });
  await ben.connection.next(({ body }) => body?.case === 'entry' && body.value.senderId === SYSTEM_USER_ID);
  await call('PUT', 'users/ext:ana/friends/ext:ben');
  await ben.connection.next(({ body }) => body?.case === 'userEvent' && body.value.event?.case === 'recordChanged');
  for (const { connection } of [ana, ben]) connection.end();
});

test('[API-4, P1, P2] an idempotency key holds over the death of the server', async () => {
  const { connection } = await online('cai');
  connection.end();
  const once = () => call('POST', 'users/ext:cai/messages', saying('system', 'only once'), 'invoice-7');
  const sent = await once();
  expect(sent.status).toBe(201);
  await server.end('SIGKILL');
  await server.start();
  expect(await once()).toEqual(sent);
  const page = await call('GET', `conversations/${sent.body.conversationId}/messages`);
  expect(page.body.messages).toHaveLength(1);
});
