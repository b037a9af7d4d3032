import { API_KEY_SCOPES, type ApiKeyScope } from '@hongyan/core/ports';
import { expect, test } from 'vitest';
import { bearer } from '../../testing/api.ts';
import { AppWorld, type Method } from '../../testing/app-world.ts';

/** Of every call, what it is for: a call that is described and not here fails the test. */
const SCOPES: Record<string, ApiKeyScope> = {
  groups: 'groups',
  keys: 'keys',
  users: 'users',
};
const scopeOf = (method: string, path: string): ApiKeyScope | undefined => {
  if (path.includes('/messages')) return method === 'GET' ? 'messages:read' : 'messages:write';
  return SCOPES[path.split('/')[3] ?? ''];
};

test('[API-6, P6] every call is for one scope: no key without it gets in, whatever else it may do', async () => {
  const world = await AppWorld.create();
  const group = await world.group();
  const description = (await world.made.api.inject('/v1/openapi.json')).json();
  const calls = Object.entries<object>(description.paths)
    .filter(([path]) => path.startsWith('/v1/admin/'))
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path] as const));
  expect(calls.length).toBeGreaterThan(20);
  const keys = new Map<string, string>();
  for (const scope of API_KEY_SCOPES) {
    const scopes = API_KEY_SCOPES.filter((other) => other !== scope);
    keys.set(scope, (await world.call('POST', 'keys', { name: `all but ${scope}`, scopes })).body.key);
  }
  const filled: Record<string, string> = {
    ...{ conversationId: group, seq: '1', userId: 'ext:ana', otherId: 'ext:ben', externalId: 'ana', keyId: 'k' },
  };
  for (const [method, path] of calls) {
    const scope = scopeOf(method, path);
    expect(scope, `${method} ${path}`).toBeDefined();
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => filled[name] ?? name);
    const ask = async (key: string) => {
      const headers = key === '' ? {} : bearer(key);
      const answer = await world.made.api.inject({ method: method as Method, url, headers });
      return [answer.statusCode, answer.json().code];
    };
    expect(await ask(keys.get(scope ?? '') ?? ''), `${method} ${path}`).toEqual([403, 'forbidden']);
    expect(await ask(''), `${method} ${path}`).toEqual([401, 'unauthenticated']);
  }
});
