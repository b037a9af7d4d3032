import rateLimit from '@fastify/rate-limit';
import type { Authenticator } from '@hongyan/core/ports';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { identify } from './context.ts';
import { Problem } from './problem.ts';

/** Rejects with the problem `rate-limited` when the request is one too many. */
type Check = (request: FastifyRequest) => Promise<void>;

/**
 * How often strangers may try, per address and for sign-ins also per account; how often an address may open a connection for
 * long polling, which holds a place before anybody signs in; and how often an account may search, and ask for anything else.
 * Each remembers a bounded number of keys.
 */
export interface RateLimits {
  registration: Check;
  signIn: Check;
  signInToHandle: Check;
  refresh: Check;
  polling: Check;
  search: Check;
  account: Check;
}

export type RateLimitConfig = Pick<
  Config,
  | 'registrationsPerMinute'
  | 'signInsPerMinute'
  | 'signInsPerHandlePerMinute'
  | 'refreshesPerMinute'
  | 'pollingConnectionsPerMinute'
  | 'searchesPerMinute'
  | 'requestsPerMinute'
>;

export async function createRateLimits(
  app: FastifyInstance,
  config: RateLimitConfig,
  authenticator: Authenticator,
): Promise<RateLimits> {
  await app.register(rateLimit, { global: false });

  function perMinute(max: number, keyGenerator?: (request: FastifyRequest) => string | Promise<string>): Check {
    if (max === 0) return async () => {};
    const count = app.createRateLimit({ max, timeWindow: 60_000, ...(keyGenerator && { keyGenerator }) });
    return async (request) => {
      const counted = await count(request);
      if (!counted.isAllowed && counted.isExceeded) {
        throw new Problem('rate-limited', { retryAfterSeconds: counted.ttlInSeconds });
      }
    };
  }

  const byAccount = async (request: FastifyRequest) => (await identify(authenticator, request)).userId;
  return {
    registration: perMinute(config.registrationsPerMinute),
    signIn: perMinute(config.signInsPerMinute),
    signInToHandle: perMinute(config.signInsPerHandlePerMinute, handleOf),
    refresh: perMinute(config.refreshesPerMinute),
    polling: perMinute(config.pollingConnectionsPerMinute),
    search: perMinute(config.searchesPerMinute, byAccount),
    account: perMinute(config.requestsPerMinute, byAccount),
  };
}

/** Runs behind validation, so the handle is there. */
const handleOf = (request: FastifyRequest) => (request.body as { handle: string }).handle.toLowerCase();
