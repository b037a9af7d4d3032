import type { ApiKeyScope } from '@hongyan/core/ports';
import type { FastifyRequest } from 'fastify';
import type { ApiKeys } from '../auth/api-keys.ts';
import { bearerOf } from './context.ts';
import { Problem } from './problem.ts';

/** Rejects with the problem `unauthenticated` for a request without a key, `forbidden` when the key is for something else. */
export async function requireScope(apiKeys: ApiKeys, request: FastifyRequest, scope: ApiKeyScope): Promise<void> {
  const key = bearerOf(request);
  const record = key === undefined ? undefined : await apiKeys.authenticate(key);
  if (record === undefined) throw new Problem('unauthenticated');
  if (!record.scopes.includes(scope)) throw new Problem('forbidden');
}

export const withKey = [{ apiKey: [] }];
