import { BoundedMap } from '@hongyan/core';
import type { ApiKeyScope } from '@hongyan/core/ports';
import type { FastifyRequest } from 'fastify';
import { type ApiKeys, hashApiKey } from '../../auth/index.ts';
import { bearerOf } from '../context.ts';
import { Problem } from '../problem.ts';
import type { Check } from '../rate-limits.ts';

/** Keys that are remembered to be good; far above as many as there may be. */
const KNOWN_MAX = 1_000;

export interface AdminLimits {
  /** Of whoever has not shown a good key to this node so far. */
  byAddress: Check;
  byKey: Check;
}

/** Makes the check for calls that need a key with a scope; it looks before the body is read. */
export type RequireKey = (scope: ApiKeyScope) => Check;

/**
 * Rejects with the problem `unauthenticated` for a request without a key, `forbidden` when the key is for something else,
 * `rate-limited` when it is one too many: of its key, or of its address while the key is not known to be one, so that guessing
 * costs the store little and takes nothing from anybody else (API-7).
 */
export function createRequireKey(apiKeys: ApiKeys, { byAddress, byKey }: AdminLimits): RequireKey {
  const known = new BoundedMap<string, boolean>(KNOWN_MAX);
  return (scope) => async (request) => {
    const key = bearerOf(request);
    const hash = hashApiKey(key ?? '');
    const isKnown = known.get(hash) === true;
    await (isKnown ? byKey : byAddress)(request);
    const record = key === undefined ? undefined : await apiKeys.authenticate(key);
    if (isKnown !== (record !== undefined)) known.set(hash, record !== undefined);
    if (record === undefined) throw new Problem('unauthenticated');
    if (!record.scopes.includes(scope)) throw new Problem('forbidden');
  };
}

/** By whom a request with a key is counted. */
export const apiKeyOf = (request: FastifyRequest): string => hashApiKey(bearerOf(request) ?? '');

export const withKey = [{ apiKey: [] }];
