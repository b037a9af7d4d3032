import { type AppUser, StoreError } from '@hongyan/core/ports';
import { ID_LENGTH, idFromBytes } from '@hongyan/protocol';
import { z } from 'zod';
import { isReservedHandle } from '../../logic/index.ts';
import { systemClock, systemRandom } from '../../system.ts';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import { personOf } from '../people.ts';
import { Problem } from '../problem.ts';
import { deviceKind, deviceName, displayName, handle, personSchema, sessionSchema } from '../schemas.ts';
import { withKey } from './access.ts';
import { externalId } from './account-refs.ts';

const PAGE_MAX = 200;

const idempotencyKey = z
  .string()
  .regex(/^[\w.:-]{1,64}$/, 'must be 1 to 64 of a–z, A–Z, 0–9 and "_.:-"')
  .describe('Asked for again with the same one, it is the same device and the same refresh token, until that is used');
const params = z.object({ externalId });
const appUserSchema = personSchema.extend({ externalId: z.string() }).meta({ id: 'AppUser' });

const shown = ({ externalId, user }: AppUser): z.output<typeof appUserSchema> => ({ externalId, ...personOf(user) });

/** For the backend of an app that brings its own users. */
export function adminUserRoutes(api: Api, { accounts, sessions, requireKey }: ApiContext): void {
  const onRequest = requireKey('users');

  api.route({
    method: 'PUT',
    url: '/v1/admin/users/:externalId',
    schema: {
      summary:
        'Makes the account of an app’s user, or changes it; it has no password. A new one’s handle is its id, if none is given',
      tags: ['admin'],
      security: withKey,
      params,
      body: z.object({ displayName, handle: handle.optional() }),
      response: { 200: appUserSchema, 201: appUserSchema, ...failsWith(400, 401, 403, 409, 429) },
    },
    onRequest,
    async handler(request, reply) {
      const { externalId } = request.params;
      const { displayName, handle } = request.body;
      if (handle !== undefined && isReservedHandle(handle)) throw new Problem('handle-taken');
      const fresh = { userId: idFromBytes('u', systemRandom.bytes(ID_LENGTH)), createdAtMs: systemClock.now() };
      const put = await accounts.putAppUser({ externalId, displayName, handle, ...fresh }).catch(asHandleTaken);
      return reply.code(put.isNew ? 201 : 200).send(shown(put));
    },
  });

  api.route({
    method: 'GET',
    url: '/v1/admin/users/:externalId',
    schema: {
      summary: 'The account of an app’s user',
      tags: ['admin'],
      security: withKey,
      params,
      response: { 200: appUserSchema, ...failsWith(400, 401, 403, 404, 429) },
    },
    onRequest,
    async handler(request) {
      return shown(await required(request.params.externalId));
    },
  });

  api.route({
    method: 'GET',
    url: '/v1/admin/users',
    schema: {
      summary: 'The accounts of an app’s users, by the bytes of their external ids',
      tags: ['admin'],
      security: withKey,
      querystring: z.object({
        after: externalId.or(z.literal('')).default('').describe('`nextAfter` of the page before'),
        limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_MAX),
      }),
      response: {
        200: z.object({
          users: z.array(appUserSchema),
          nextAfter: z.string().optional().describe('Absent on the last page'),
        }),
        ...failsWith(400, 401, 403, 429),
      },
    },
    onRequest,
    async handler(request) {
      const { after, limit } = request.query;
      const found = await accounts.appUsers(after, limit + 1);
      const page = found.slice(0, limit);
      const nextAfter = found.length > limit ? page.at(-1)?.externalId : undefined;
      return { users: page.map(shown), ...(nextAfter !== undefined && { nextAfter }) };
    },
  });

  api.route({
    method: 'POST',
    url: '/v1/admin/users/:externalId/tokens',
    schema: {
      summary: 'Signs a device of an app’s user in: the answer is for the device',
      tags: ['admin'],
      security: withKey,
      params,
      headers: z.object({ 'idempotency-key': idempotencyKey.optional() }),
      body: z.object({ deviceName, deviceKind }),
      response: { 201: sessionSchema, ...failsWith(400, 401, 403, 404, 409, 429) },
    },
    onRequest,
    async handler(request, reply) {
      const { user } = await required(request.params.externalId);
      return reply.code(201).send(await sessions.mint(user, request.body, request.headers['idempotency-key']));
    },
  });

  async function required(externalId: string): Promise<AppUser> {
    const found = await accounts.appUser(externalId);
    if (found === undefined) throw new Problem('not-found');
    return found;
  }
}

function asHandleTaken(error: unknown): never {
  if (error instanceof StoreError && error.kind === 'rejected') throw new Problem('handle-taken');
  throw error;
}
