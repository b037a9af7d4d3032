import { DEFAULT_LIMITS, MESSAGE_FRAMES_FACTOR } from '@hongyan/protocol';
import { beforeEach, expect, test } from 'vitest';
import { createLogger } from '../log.ts';
import { createTestApi } from '../testing/api.ts';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { frameOf, helloOf, kindsIn } from '../testing/poller.ts';
import type { Api } from './context.ts';

let world: GatewayWorld;
let api: Api;
let lines: string[];
beforeEach(async () => {
  world = await GatewayWorld.create();
  lines = [];
  const logger = createLogger({ level: 'trace', destination: { write: (line) => lines.push(line) } });
  ({ api } = await createTestApi({ polling: world.gateway.createPolling(), logger }));
});

const frames = { 'content-type': 'application/octet-stream' };

async function open(): Promise<string> {
  const opened = await api.inject({ method: 'POST', url: '/v1/poll' });
  expect(opened.statusCode).toBe(201);
  return opened.json().connectionId;
}

const up = (id: string, n: number | string, payload: Uint8Array, headers = frames) =>
  api.inject({ method: 'POST', url: `/v1/poll/${id}/up?n=${n}`, headers, payload: Buffer.from(payload) });
const down = (id: string, n: number | string) => api.inject(`/v1/poll/${id}/down?n=${n}`);

test('[POL-1, POL-3, POL-5, POL-10] a session over requests: opened, used and ended', async () => {
  const id = await open();
  expect((await up(id, 1, frameOf(helloOf('anna')))).statusCode).toBe(204);
  await settle();
  const answer = await down(id, 1);
  expect(answer.headers['content-type']).toBe('application/octet-stream');
  expect(kindsIn({ kind: 'frames', bytes: answer.rawPayload })).toEqual(['welcome', 'synced']);
  expect((await down(id, 3)).json().code).toBe('out-of-order');
  expect((await api.inject({ method: 'DELETE', url: `/v1/poll/${id}` })).statusCode).toBe(204);
  for (const gone of [await up(id, 2, new Uint8Array()), await down(id, 2)]) {
    expect([gone.statusCode, gone.json().code]).toEqual([404, 'not-found']);
  }
});

test('[POL-1] who is not admitted is told when to come back', async () => {
  await world.gateway.drain(1_000);
  const refused = await api.inject({ method: 'POST', url: '/v1/poll' });
  expect([refused.statusCode, refused.json().code]).toEqual([503, 'overloaded']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

test('[POL-2] ids are 128 random bits, in no log, and nothing else is answered', async () => {
  const id = await open();
  expect(id).toMatch(/^[\w-]{22}$/);
  await up(id, 1, frameOf(helloOf('anna')));
  await settle();
  await down(id, 1);
  await up(id, 9, new Uint8Array());
  await api.inject({ method: 'PUT', url: `/v1/poll/${id}/up` });
  await api.inject(`/V1/poll/${id}/nothing?n=1`);
  await api.inject(`//v1/poll/${id}`);
  await api.inject(`/v1/poll/${id}%zz`);
  await api.inject({ method: 'DELETE', url: `/v1/poll/${id}` });
  expect(lines.join('')).toContain('/poll/[redacted]');
  expect(lines.join('')).not.toContain(id);
  for (const other of ['x', `${id.slice(0, -1)}`, 'x'.repeat(65), '..%2f..', '%00']) {
    for (const answer of [await up(other, 1, new Uint8Array()), await down(other, 1)]) {
      expect([400, 404]).toContain(answer.statusCode);
    }
  }
});

test('[POL-3, POL-5, P9] a number that is none is refused', async () => {
  const id = await open();
  for (const n of ['', '0', '-1', '1.5', 'one', '9007199254740993', '1&n=2']) {
    expect((await up(id, n, new Uint8Array())).statusCode).toBe(400);
    expect((await down(id, n)).statusCode).toBe(400);
  }
});

test('[POL-4] a body beyond the limit is refused whole, one at the limit is read', async () => {
  const id = await open();
  const bytesMax = DEFAULT_LIMITS.frameBytesMax * MESSAGE_FRAMES_FACTOR;
  expect((await up(id, 1, new Uint8Array(bytesMax + 1))).statusCode).toBe(413);
  expect((await up(id, 1, frameOf(helloOf('anna')), { 'content-type': 'application/json' })).statusCode).toBe(415);
  expect((await up(id, 1, frameOf(helloOf('anna')))).statusCode).toBe(204);
  await settle();
  expect((await down(id, 1)).statusCode).toBe(200);
  expect((await up(id, 2, new Uint8Array(bytesMax))).statusCode).toBe(204);
});

test('[POL-11] nothing is kept or sniffed on the way', async () => {
  const id = await open();
  await up(id, 1, frameOf(helloOf('anna')));
  await settle();
  const answers = [
    await api.inject({ method: 'POST', url: '/v1/poll' }),
    await up(id, 2, new Uint8Array()),
    await down(id, 1),
    await down(id, 7),
    await down('unknown', 1),
    await api.inject({ method: 'DELETE', url: `/v1/poll/${id}` }),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 204, 200, 409, 404, 204]);
  for (const { headers, statusCode } of answers) {
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['transfer-encoding']).toBeUndefined();
    if (statusCode !== 204) expect(Number(headers['content-length'])).toBeGreaterThan(0);
  }
});

test('[A6, POL-1] a page from another origin may poll, and is told so before and with every answer, errors too', async () => {
  const origin = 'https://chat.example.org';
  for (const url of ['/v1/poll', '/v1/poll/some/up?n=1', '/v1/poll/some']) {
    const headers = {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    };
    const preflight = await api.inject({ method: 'OPTIONS', url, headers });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, DELETE',
      'access-control-allow-headers': 'content-type',
    });
  }
  const answers = [
    await api.inject({ method: 'POST', url: '/v1/poll', headers: { origin } }),
    await api.inject({ url: '/v1/poll/unknown/down?n=1', headers: { origin } }),
    await api.inject({ method: 'POST', url: '/v1/poll/unknown/up?n=0', headers: { origin } }),
  ];
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 404, 400]);
  for (const { headers } of answers) {
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['access-control-expose-headers']).toBe('retry-after');
    expect(headers['access-control-allow-credentials']).toBeUndefined();
  }
});

test('[K1] no other call is for pages of other origins', async () => {
  const answer = await api.inject({
    url: '/v1/people?ids=u0000000000000000',
    headers: { origin: 'https://evil.example' },
  });
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
});
