import { fileURLToPath } from 'node:url';
import { SYSTEM_USER_ID } from '@hongyan/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNats, type TestNats } from '../adapters/broker/nats/testing/server.ts';
import { startServer as startPostgres, type TestServer } from '../adapters/store/postgres/testing/server.ts';
import { loadConfig } from '../config.ts';
import { createLogger } from '../log.ts';
import { type RunningServer, startServer } from './index.ts';

const KEY = 'a-key-that-the-operator-gave-to-the-process';
let postgres: TestServer;
let nats: TestNats;
/** Two nodes that are an API and nothing else, and one with logic. */
let nodes: RunningServer[] = [];

beforeAll(async () => {
  [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  const own = { host: '127.0.0.1', port: '0', data: fileURLToPath(import.meta.url), broker: nats.url };
  const start = (roles: string) =>
    startServer(loadConfig({ env: {}, defaults: { ...own, roles, store: postgres.url, apiKey: KEY } }), {
      logger: createLogger({ level: 'silent' }),
    });
  nodes = await Promise.all([start('api'), start('api'), start('logic')]);
}, 60_000);
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.drain()));
  await Promise.all([postgres?.[Symbol.asyncDispose](), nats?.[Symbol.asyncDispose]()]);
});

async function call(at: number, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`http://127.0.0.1:${nodes[at]?.address.port}/v1/admin/${path}`, {
    method,
    headers: { authorization: `Bearer ${KEY}`, ...(body && { 'content-type': 'application/json' }), ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('[API-1, API-4] nodes without logic do what a backend asks where the logic is, and give each other’s answers', async () => {
  for (const name of ['ana', 'ben']) await call(0, 'PUT', `users/${name}`, { displayName: name });
  const named = { 'idempotency-key': 'g' };
  const group = { ownerId: 'ext:ana', name: 'Geese', members: ['ext:ben'] };
  const made = await Promise.all([0, 1].map((at) => call(at, 'POST', 'groups', group, named)));
  expect(made.map(({ status }) => status)).toEqual([201, 201]);
  const [conversationId] = new Set(made.map(({ body }) => body.conversationId));
  expect(made[1]?.body.conversationId).toBe(conversationId);
  const path = `conversations/${conversationId}/messages`;
  const send = (at: number, senderId: string, key: string) =>
    call(at, 'POST', path, { senderId, content: { kind: 'text', text: key } }, { 'idempotency-key': key });
  const sent = await Promise.all([0, 1].map((at) => send(at, 'system', 'news')));
  expect(sent[0]?.status).toBe(201);
  expect(sent[1]).toEqual(sent[0]);
  // A change by way of one node holds for what comes by way of the other.
  await call(0, 'DELETE', `groups/${conversationId}/members/ext:ben`);
  expect((await send(1, 'ext:ben', 'still-here')).body).toMatchObject({ status: 403, code: 'not-allowed' });
  await call(1, 'PUT', `groups/${conversationId}/members/ext:ben`, {});
  expect((await send(0, 'ext:ben', 'again-here')).status).toBe(201);
  const { body } = await call(1, 'GET', path);
  expect(body.messages.map(({ senderId }: { senderId: string }) => senderId === SYSTEM_USER_ID)).toEqual([
    ...[false, true, true, true, false],
  ]);
});
