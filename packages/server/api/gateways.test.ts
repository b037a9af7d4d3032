import { expect, test } from 'vitest';
import type { GatewayAnswer, GatewayRequest } from '../allocation/allocations.ts';
import { ada, bearer, createTestApi } from '../testing/api.ts';

async function signedIn(answer?: GatewayAnswer) {
  const asked: GatewayRequest[] = [];
  const allocations = answer && {
    allocate: async (request: GatewayRequest) => {
      asked.push(request);
      return answer;
    },
  };
  const { api } = await createTestApi({ ...(allocations && { allocations }), config: { requestsPerMinute: 3 } });
  const session = (await api.inject({ method: 'POST', url: '/v1/accounts', payload: ada })).json();
  const ask = (payload: object, headers = bearer(session.accessToken)) =>
    api.inject({ method: 'POST', url: '/v1/gateways', headers, payload });
  return { api, ask, asked, session };
}

test('[A6] a server that is the only one answers: stay where you are', async () => {
  const { ask } = await signedIn();
  const answer = await ask({});
  expect([answer.statusCode, answer.json()]).toEqual([
    200,
    { status: 'allocated', gateways: [], keepForMs: 86_400_000 },
  ]);
});

test('[A6] gateways are answered best first, with the port for programs where there is one', async () => {
  const gateways = [
    { url: 'https://g1.example.org', tcpPort: 8081 },
    { url: '', tcpPort: undefined },
  ];
  const { ask, asked, session } = await signedIn({ status: 'allocated', gateways, keepForMs: 1_000 });
  expect((await ask({})).json()).toEqual({
    status: 'allocated',
    gateways: [{ url: 'https://g1.example.org', tcpPort: 8081 }, { url: '' }],
    keepForMs: 1_000,
  });
  expect(asked).toEqual([{ deviceId: session.deviceId, ticket: undefined }]);
});

test('[A6] who has to wait sees a place, and brings the ticket back', async () => {
  const { ask, asked } = await signedIn({ status: 'queued', place: 12, retryAfterMs: 3_400, ticket: 'kept' });
  const answer = (await ask({})).json();
  expect(answer).toEqual({ status: 'queued', place: 12, retryAfterMs: 3_400, ticket: 'kept' });
  await ask({ ticket: answer.ticket });
  expect(asked.map(({ ticket }) => ticket)).toEqual([undefined, 'kept']);
});

test('[A6, K1] only who is signed in is told where to connect, and not without end', async () => {
  const { ask } = await signedIn();
  expect((await ask({}, bearer('nonsense'))).json().code).toBe('unauthenticated');
  for (const payload of [{ ticket: 7 }, { ticket: 'x'.repeat(257) }]) {
    expect((await ask(payload)).json().code).toBe('invalid-input');
  }
  expect((await ask({})).statusCode).toBe(200);
  const refused = await ask({});
  expect([refused.statusCode, refused.json().code]).toEqual([429, 'rate-limited']);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

test('[A6, O4] the description has the call and both answers', async () => {
  const { api } = await signedIn();
  const description = (await api.inject('/v1/openapi.json')).json();
  const answer = description.paths['/v1/gateways'].post.responses['200'].content['application/json'].schema;
  expect(answer).toEqual({ $ref: '#/components/schemas/Allocation' });
  const { oneOf, anyOf } = description.components.schemas.Allocation;
  const statuses = (oneOf ?? anyOf).map((each: { properties: { status: unknown } }) => each.properties.status);
  expect(statuses).toMatchObject([{ const: 'allocated' }, { const: 'queued' }]);
});
