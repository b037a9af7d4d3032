import type { AccountStore, Authenticator, Identity } from '@hongyan/core/ports';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ApiKeys } from '../auth/api-keys.ts';
import type { Devices } from '../auth/devices.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { RequireKey } from './admin/access.ts';
import { Problem, problemSchema } from './problem.ts';
import type { RestLimits } from './rate-limits.ts';

/** What the calls work with. */
export interface ApiContext {
  accounts: AccountStore;
  authenticator: Authenticator;
  sessions: Sessions;
  devices: Devices;
  apiKeys: ApiKeys;
  rateLimits: RestLimits;
  requireKey: RequireKey;
}

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

const bearer = /^Bearer +([\w.-]+)$/i;

/** What the request says it may do something with: an access token, or an API key. */
export const bearerOf = (request: FastifyRequest): string | undefined =>
  bearer.exec(request.headers.authorization ?? '')?.[1];

/** Whom the request speaks for. Rejects with the problem `unauthenticated`. */
export async function identify(authenticator: Authenticator, request: FastifyRequest): Promise<Identity> {
  const accessToken = bearerOf(request);
  const identity = accessToken === undefined ? undefined : await authenticator.authenticate(accessToken);
  if (identity === undefined) throw new Problem('unauthenticated');
  return identity;
}

/** For the description: the errors a call may answer with. */
export function failsWith(...statuses: (400 | 401 | 403 | 404 | 409 | 422 | 429)[]) {
  return Object.fromEntries(
    [...statuses, 503].map((status) => [
      status,
      { content: { 'application/problem+json': { schema: problemSchema } } },
    ]),
  );
}

export const signedIn = [{ accessToken: [] }];
