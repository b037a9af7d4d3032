import { StoreError } from '@hongyan/core/ports';
import { expect, test } from 'vitest';
import { ada, createTestApi } from '../testing/api.ts';
import { createMemoryAccounts } from '../testing/memory-accounts.ts';

test('[P9] every call is described in OpenAPI 3.1', async () => {
  const { api } = await createTestApi();
  const description = (await api.inject('/v1/openapi.json')).json();
  expect(description.openapi).toBe('3.1.0');
  const calls = Object.entries<object>(description.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(calls.filter((call) => !call.startsWith('HEAD')).sort()).toEqual([
    'DELETE /v1/admin/conversations/{conversationId}/messages/{seq}',
    'DELETE /v1/admin/groups/{conversationId}',
    'DELETE /v1/admin/groups/{conversationId}/members/{userId}',
    'DELETE /v1/admin/keys/{keyId}',
    'DELETE /v1/admin/users/{userId}/blocks/{otherId}',
    'DELETE /v1/admin/users/{userId}/friends/{otherId}',
    'DELETE /v1/devices/{deviceId}',
    'DELETE /v1/sessions/current',
    'GET /healthz',
    'GET /v1/admin/conversations/{conversationId}/messages',
    'GET /v1/admin/groups/{conversationId}',
    'GET /v1/admin/groups/{conversationId}/members',
    'GET /v1/admin/keys',
    'GET /v1/admin/users',
    'GET /v1/admin/users/{externalId}',
    'GET /v1/admin/users/{userId}/blocks',
    'GET /v1/admin/users/{userId}/friends',
    'GET /v1/devices',
    'GET /v1/groups/{conversationId}/preview',
    'GET /v1/people',
    'GET /v1/profile',
    'PATCH /v1/admin/conversations/{conversationId}/messages/{seq}',
    'PATCH /v1/admin/groups/{conversationId}',
    'PATCH /v1/devices/{deviceId}',
    'PATCH /v1/profile',
    'POST /v1/accounts',
    'POST /v1/admin/conversations/{conversationId}/messages',
    'POST /v1/admin/conversations/{conversationId}/messages/{seq}/reactions',
    'POST /v1/admin/groups',
    'POST /v1/admin/groups/{conversationId}/members',
    'POST /v1/admin/keys',
    'POST /v1/admin/users/{externalId}/tokens',
    'POST /v1/admin/users/{userId}/messages',
    'POST /v1/gateways',
    'POST /v1/groups',
    'POST /v1/link-previews',
    'POST /v1/sessions',
    'POST /v1/sessions/refresh',
    'PUT /v1/admin/groups/{conversationId}/members/{userId}',
    'PUT /v1/admin/users/{externalId}',
    'PUT /v1/admin/users/{userId}/blocks/{otherId}',
    'PUT /v1/admin/users/{userId}/friends/{otherId}',
    'PUT /v1/password',
  ]);
  const created = description.paths['/v1/accounts'].post.responses;
  expect(created['201'].content['application/json'].schema).toEqual({ $ref: '#/components/schemas/Session' });
  expect(created['409'].content['application/problem+json'].schema).toEqual({ $ref: '#/components/schemas/Problem' });
});

test('[P9] the description refers to nothing that it does not have, and says of every call what it is for and how it fails', async () => {
  const { api } = await createTestApi();
  const description = (await api.inject('/v1/openapi.json')).json();
  const named = [...JSON.stringify(description).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
  expect(named).toContain('Content');
  expect(named.filter((name) => description.components.schemas[name] === undefined)).toEqual([]);
  const calls = Object.entries<Record<string, { summary?: string; security?: object; responses: object }>>(
    description.paths,
  )
    .filter(([path]) => path.startsWith('/v1/admin/'))
    .flatMap(([, methods]) => Object.values(methods));
  for (const { summary, security, responses } of calls) {
    expect(summary).toMatch(/^[A-Z]/);
    expect(security).toEqual([{ apiKey: [] }]);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(['401', '403', '429', '503']));
  }
});

test('[P9] what is not there is a problem too', async () => {
  const { api } = await createTestApi();
  for (const url of ['/v1/nothing', '/nothing', '/%zz']) {
    const answer = await api.inject(url);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json().code).toBe(url === '/%zz' ? 'invalid-input' : 'not-found');
  }
});

test('[P8] a store that is away is answered 503 with a time to come back', async () => {
  const accounts = {
    ...createMemoryAccounts(),
    userByHandle: () => Promise.reject(new StoreError('unavailable', 'x')),
  };
  const { api } = await createTestApi({ accounts });
  const answer = await api.inject({ method: 'POST', url: '/v1/sessions', payload: ada });
  expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, 'unavailable', '1']);
});

test('[P9] a failure says nothing of its cause', async () => {
  const accounts = { ...createMemoryAccounts(), userByHandle: () => Promise.reject(new Error('table users is gone')) };
  const { api } = await createTestApi({ accounts });
  const answer = await api.inject({ method: 'POST', url: '/v1/sessions', payload: ada });
  expect([answer.statusCode, answer.json().code]).toEqual([500, 'internal']);
  expect(answer.body).not.toContain('users is gone');
});

test('[SES-10] health is 200 while it serves and 503 before and after', async () => {
  for (const [state, status] of [
    ['starting', 503],
    ['ok', 200],
    ['draining', 503],
  ] as const) {
    const { api } = await createTestApi({ health: () => state });
    const answer = await api.inject('/healthz');
    expect([answer.statusCode, answer.json()]).toEqual([status, { status: state }]);
  }
});

test('[P9] metrics are there only when they are asked for', async () => {
  const { api: without } = await createTestApi();
  expect((await without.inject('/metrics')).statusCode).toBe(404);
  const { api } = await createTestApi({ config: { metrics: true } });
  const answer = await api.inject('/metrics');
  expect(answer.headers['content-type']).toContain('text/plain');
  expect(answer.body).toContain('hongyan_gateway_connections 0');
});
