import rateLimit from '@fastify/rate-limit';
import type { Authenticator } from '@hongyan/core/ports';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { type AdminLimits, apiKeyOf } from './admin/access.ts';
import { identify } from './context.ts';
import { Problem } from './problem.ts';

/** Rejects with the problem `rate-limited` when the request is one too many. */
export type Check = (request: FastifyRequest) => Promise<void>;

/** How often strangers may try, per address and for sign-ins also per account; and how often an account may search, have links looked at, and ask for anything else. */
export interface RestLimits {
  registration: Check;
  signIn: Check;
  signInToHandle: Check;
  refresh: Check;
  search: Check;
  linkPreview: Check;
  account: Check;
  /** Whatever comes with an API key, or pretends to. */
  admin: AdminLimits;
  password: Check;
}

export type RateLimitConfig = Pick<
  Config,
  | 'registrationsPerMinute'
  | 'signInsPerMinute'
  | 'signInsPerHandlePerMinute'
  | 'refreshesPerMinute'
  | 'pollingConnectionsPerMinute'
  | 'searchesPerMinute'
  | 'linkPreviewsPerMinute'
  | 'requestsPerMinute'
  | 'apiKeyRequestsPerMinute'
>;

/** Makes a limit of requests per minute; 0: none. Of one address, unless `keyGenerator` names something else. */
export type RateLimiter = (
  perMinute: number,
  keyGenerator?: (request: FastifyRequest) => string | Promise<string>,
) => Check;

/** Each limit remembers a bounded number of keys. */
export async function createRateLimiter(app: FastifyInstance): Promise<RateLimiter> {
  await app.register(rateLimit, { global: false });
  return (max, keyGenerator) => {
    if (max === 0) return async () => {};
    const count = app.createRateLimit({ max, timeWindow: 60_000, ...(keyGenerator && { keyGenerator }) });
    return async (request) => {
      const counted = await count(request);
      if (!counted.isAllowed && counted.isExceeded) {
        throw new Problem('rate-limited', { retryAfterSeconds: counted.ttlInSeconds });
      }
    };
  };
}

export function restLimits(perMinute: RateLimiter, config: RateLimitConfig, authenticator: Authenticator): RestLimits {
  const byAccount = async (request: FastifyRequest) => (await identify(authenticator, request)).userId;
  return {
    registration: perMinute(config.registrationsPerMinute),
    signIn: perMinute(config.signInsPerMinute),
    signInToHandle: perMinute(config.signInsPerHandlePerMinute, handleOf),
    refresh: perMinute(config.refreshesPerMinute),
    search: perMinute(config.searchesPerMinute, byAccount),
    linkPreview: perMinute(config.linkPreviewsPerMinute, byAccount),
    account: perMinute(config.requestsPerMinute, byAccount),
    admin: {
      byAddress: perMinute(config.apiKeyRequestsPerMinute),
      byKey: perMinute(config.apiKeyRequestsPerMinute, apiKeyOf),
    },
    password: perMinute(config.signInsPerHandlePerMinute, byAccount),
  };
}

/** Runs behind validation, so the handle is there. */
const handleOf = (request: FastifyRequest) => (request.body as { handle: string }).handle.toLowerCase();
