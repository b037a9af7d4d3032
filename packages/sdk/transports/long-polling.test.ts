import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import {
  CloseCode,
  type Command,
  decodeCommand,
  encodeServerFrame,
  joinFrames,
  PLAIN_PING,
  type ServerFrame,
  splitFrames,
} from '@hongyan/protocol';
import { afterEach, expect, test } from 'vitest';
import { longPollingTransport } from './long-polling.ts';
import type { TransportConnection } from './transport.ts';

const servers: Server[] = [];
const connections: TransportConnection[] = [];
afterEach(() => {
  for (const connection of connections.splice(0)) connection.close();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

const ping = (id: number): Command => ({ id, body: { case: 'ping', value: PLAIN_PING } });
const pong = (id: number): ServerFrame => ({
  frame: { case: 'reply', value: { id, body: { case: 'pong', value: { serverTimeMs: 1, differs: false } } } },
});

type Serve = (what: string, answer: ServerResponse, body: Buffer) => void;

/** A server that opens a connection, and answers the rest as the test says. */
async function world(serve: Serve) {
  const requests: string[] = [];
  const server = createServer(async (incoming: IncomingMessage, answer) => {
    const what = `${incoming.method} ${incoming.url?.replace('/v1/poll', '')}`;
    requests.push(what);
    const body = await buffer(incoming).catch(() => Buffer.alloc(0));
    if (what === 'POST ') answer.writeHead(201).end(JSON.stringify({ connectionId: 'id' }));
    else serve(what, answer, body);
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  const received: ServerFrame[] = [];
  const heard = Promise.withResolvers<void>();
  const opened = Promise.withResolvers<void>();
  const closed = Promise.withResolvers<string>();
  const transport = longPollingTransport(`http://127.0.0.1:${address.port}`, { retryPausesMs: [1, 1, 1] });
  const connection = transport({
    onOpen: () => opened.resolve(),
    onFrames(frames) {
      received.push(...frames);
      heard.resolve();
    },
    onClose: (_code, reason) => closed.resolve(reason),
  });
  connections.push(connection);
  return { connection, requests, received, heard: heard.promise, opened: opened.promise, closed: closed.promise };
}

const give = (answer: ServerResponse, ...frames: ServerFrame[]) =>
  answer.writeHead(200, { 'content-type': 'application/octet-stream' }).end(joinFrames(frames.map(encodeServerFrame)));

test('[POL-5, POL-12] damaged, strange and missing answers are asked for again, by the same number', async () => {
  const bad: ((answer: ServerResponse) => void)[] = [
    (answer) => answer.destroy(),
    (answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please sign in</h1>'),
    (answer) => answer.writeHead(200, { 'content-type': 'application/octet-stream' }).end('\0\0\0\u0009x'),
  ];
  const { requests, received, heard } = await world((what, answer) => {
    const damage = what === 'GET /id/down?n=1' ? bad.shift() : undefined;
    if (damage) damage(answer);
    else if (what === 'GET /id/down?n=1') give(answer, pong(1), pong(2));
  });
  await heard;
  expect(received).toEqual([pong(1), pong(2)]);
  expect(requests.filter((what) => what === 'GET /id/down?n=1').length).toBe(4);
});

test('[POL-3] one request with commands is under way at a time; what comes meanwhile goes together, in order', async () => {
  const ids: number[] = [];
  const first = Promise.withResolvers<ServerResponse>();
  const all = Promise.withResolvers<void>();
  const { connection, requests, opened } = await world((what, answer, body) => {
    if (!what.includes('/up')) return;
    ids.push(...Array.from(splitFrames(body, 1_000), (frame) => decodeCommand(frame).id));
    if (what === 'POST /id/up?n=1') first.resolve(answer);
    else answer.writeHead(204).end(() => all.resolve());
  });
  await opened;
  for (let id = 1; id <= 50; id++) connection.send([ping(id)]);
  const answer = await first.promise;
  for (let id = 51; id <= 100; id++) connection.send([ping(id)]);
  answer.writeHead(204).end();
  await all.promise;
  expect(ids).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  expect(requests.filter((what) => what.includes('/up'))).toEqual(['POST /id/up?n=1', 'POST /id/up?n=2']);
});

test.each(['GET', 'POST'])('[POL-12] %s without an answer is tried a bounded number of times', async (method) => {
  const { connection, requests, opened, closed } = await world((what, answer) => {
    if (what.startsWith(method)) answer.writeHead(502).end();
  });
  await opened;
  connection.send([ping(1)]);
  expect(await closed).toContain('502');
  expect(requests.filter((what) => what.startsWith(`${method} /`)).length).toBe(4);
});

test('[POL-9, POL-10] an ended connection is told as a close, and closing says farewell', async () => {
  const over = await world((_what, answer) => answer.writeHead(404).end());
  expect(await over.closed).toContain('ended');
  const farewell = Promise.withResolvers<string>();
  const leaving = await world((what, answer) => {
    if (what.startsWith('DELETE')) {
      answer.writeHead(204).end();
      farewell.resolve(what);
    }
  });
  await leaving.opened;
  leaving.connection.close();
  expect(await farewell.promise).toBe('DELETE /id');
});

test('[POL-1, CON-1] a server that admits nobody is heard as on the other transports', async () => {
  const server = createServer((_incoming, answer) => answer.writeHead(503, { 'retry-after': '7' }).end());
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const frames = await new Promise<ServerFrame[]>((onFrames) => {
    longPollingTransport(`http://127.0.0.1:${port}`)({ onOpen() {}, onFrames, onClose() {} });
  });
  const value = { code: CloseCode.OVERLOADED, reason: expect.any(String), retryAfterMs: 7_000 };
  expect(frames).toEqual([{ frame: { case: 'push', value: { body: { case: 'closing', value } } } }]);
});
