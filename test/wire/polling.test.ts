import { once } from 'node:events';
import { createConnection } from 'node:net';
import { CloseCode, type Closing, decodeServerFrame, splitFrames } from '@hongyan/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { http, openPolling } from './polling.ts';
import { frameOf, helloWith, PING_ID, ping } from './raw-connection.ts';
import { type Account, createAccount, runningServer } from './running-server.ts';

let server: Awaited<ReturnType<typeof runningServer>>;
let port: number;
let ada: Account;

beforeAll(async () => {
  server = await runningServer();
  port = server.target.port;
  ada = await createAccount(server.url, 'ada');
});
afterAll(() => server[Symbol.asyncDispose]());

/** A connection that has read everything up to Synced: the path of its requests, and the number of the next answer. */
async function online(at = port, { accessToken } = ada): Promise<{ path: string; n: number }> {
  const { path } = await openPolling(at);
  await http(at, 'POST', `${path}/up?n=1`, frameOf(helloWith(accessToken)));
  for (let n = 1; ; n++) {
    const { body } = await http(at, 'GET', `${path}/down?n=${n}`);
    if (bodies(body).some((frame) => frame?.value.body?.case === 'synced')) return { path, n: n + 1 };
  }
}

const bodies = (bytes: Uint8Array) =>
  Array.from(splitFrames(bytes, Number.POSITIVE_INFINITY), (frame) => decodeServerFrame(frame).frame);

function closingIn(bytes: Uint8Array): Closing | undefined {
  const last = bodies(bytes).at(-1);
  return last?.case === 'push' && last.value.body?.case === 'closing' ? last.value.body.value : undefined;
}

/** Fetches from the `n`th answer on until a Pong comes; passes over what was not read before. */
async function pongFrom(path: string, n: number): Promise<void> {
  for (;;) {
    const { status, body } = await http(port, 'GET', `${path}/down?n=${n}`);
    expect(status).toBe(200);
    n += 1;
    if (bodies(body).some((frame) => frame?.case === 'reply' && frame.value.id === PING_ID)) return;
  }
}

test('[POL-5, POL-7] requests whose clients hang up while they wait lose nothing', async () => {
  const { path, n: firstN } = await online();
  for (let times = 0; times < 20; times++) {
    const socket = createConnection({ host: '127.0.0.1', port });
    socket.on('error', () => {});
    await once(socket, 'connect');
    socket.write(`GET ${path}/down?n=${firstN} HTTP/1.1\r\nHost: x\r\n\r\n`, () => socket.resetAndDestroy());
    await once(socket, 'close');
  }
  expect((await http(port, 'POST', `${path}/up?n=2`, frameOf(ping))).status).toBe(204);
  await pongFrom(path, firstN);
});

test('[POL-3] of requests that overtake each other only the one whose turn it is counts', async () => {
  const { path, n: firstN } = await online();
  const statuses = [];
  for (const n of [3, 2, 4, 2, 3, 3, 1])
    statuses.push((await http(port, 'POST', `${path}/up?n=${n}`, frameOf(ping))).status);
  expect(statuses).toEqual([409, 204, 409, 204, 204, 204, 204]);
  let n = firstN;
  for (let pongs = 0; pongs < 2; ) {
    const { body } = await http(port, 'GET', `${path}/down?n=${n++}`);
    pongs += bodies(body).filter((frame) => frame?.case === 'reply' && frame.value.id === PING_ID).length;
  }
  await http(port, 'DELETE', path);
  expect((await http(port, 'GET', `${path}/down?n=${n}`)).status).toBe(404);
});

test('[POL-3, POL-11] the same request many times at once is carried out once', async () => {
  const { path, n: firstN } = await online();
  const value = {
    conversationId: `self.${ada.userId}`,
    clientMessageId: 'once',
    clientTimeMs: 1,
    body: new Uint8Array(1),
  };
  const body = frameOf({ id: 5, body: { case: 'sendMessage', value } });
  const answers = await Promise.all(Array.from({ length: 20 }, () => http(port, 'POST', `${path}/up?n=2`, body)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  const replies: number[] = [];
  const readReplies = async (until: number, n: number) => {
    for (; !replies.includes(until); n++) {
      for (const frame of bodies((await http(port, 'GET', `${path}/down?n=${n}`)).body)) {
        if (frame?.case === 'reply') replies.push(frame.value.id);
      }
    }
    return n;
  };
  const n = await readReplies(5, firstN);
  await http(port, 'POST', `${path}/up?n=3`, frameOf(ping));
  await readReplies(PING_ID, n);
  expect(replies).toEqual([5, PING_ID]);
});

test("[POL-7] a second request for a connection's frames ends the first", async () => {
  const { path, n: firstN } = await online();
  const older = http(port, 'GET', `${path}/down?n=${firstN}`);
  let newer = http(port, 'GET', `${path}/down?n=${firstN}`);
  const [first, status] = await Promise.race([
    older.then((answer) => ['older', answer.status] as const),
    newer.then((answer) => ['newer', answer.status] as const),
  ]);
  // Two TCP connections may arrive in either order.
  if (first === 'newer') newer = older;
  expect(status).toBe(409);
  await http(port, 'POST', `${path}/up?n=2`, frameOf(ping));
  expect((await newer).status).toBe(200);
});

test('[POL-9, SES-10] a server that stops says so to who waits, and is not held up by it', async () => {
  const stopping = await runningServer();
  const { port: its } = stopping.target;
  const account = await createAccount(stopping.url, 'ada');
  const { path, n } = await online(its, account);
  const silent = await openPolling(its);
  const waiting = http(its, 'GET', `${path}/down?n=${n}`);
  const unsaid = http(its, 'GET', `${silent.path}/down?n=1`);
  await http(its, 'GET', '/healthz');
  await stopping[Symbol.asyncDispose]();
  for (const answer of [await waiting, await unsaid]) expect(closingIn(answer.body)?.code).toBe(CloseCode.GOING_AWAY);
});
