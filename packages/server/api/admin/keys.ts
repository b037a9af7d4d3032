import { API_KEY_SCOPES, type ApiKeyRecord, DEFAULT_API_KEY_SCOPES, StoreError } from '@hongyan/core/ports';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import { Problem } from '../problem.ts';
import { pathId, visibleLine } from '../schemas.ts';
import { withKey } from './access.ts';

const scopes = z.array(z.enum(API_KEY_SCOPES)).min(1);
const keySchema = z
  .object({
    keyId: z.string(),
    name: z.string(),
    scopes,
    createdAtMs: z.int(),
    lastUsedAtMs: z.int().describe('Some minutes old; 0: never'),
  })
  .meta({ id: 'ApiKey' });

const shown = ({ keyHash: _, scopes, ...key }: ApiKeyRecord): z.output<typeof keySchema> => ({
  ...key,
  scopes: [...scopes],
});

/** For whoever has a key with the scope `keys`; as `keys` on the command line, while the server runs. */
export function adminKeyRoutes(api: Api, { apiKeys, requireKey }: ApiContext): void {
  const onRequest = requireKey('keys');

  api.route({
    method: 'GET',
    url: '/v1/admin/keys',
    schema: {
      summary: 'The API keys, oldest first; not the one that the process was given',
      tags: ['admin'],
      security: withKey,
      response: { 200: z.object({ keys: z.array(keySchema) }), ...failsWith(401, 403, 429) },
    },
    onRequest,
    async handler() {
      return { keys: (await apiKeys.list()).map(shown) };
    },
  });

  api.route({
    method: 'POST',
    url: '/v1/admin/keys',
    schema: {
      summary: 'Makes an API key, which is in this answer and nowhere else',
      tags: ['admin'],
      security: withKey,
      body: z.object({ name: visibleLine(64), scopes: scopes.default([...DEFAULT_API_KEY_SCOPES]) }),
      response: { 201: keySchema.extend({ key: z.string() }), ...failsWith(400, 401, 403, 409, 429) },
    },
    onRequest,
    async handler(request, reply) {
      const scopes = [...new Set(request.body.scopes)];
      const { record, key } = await apiKeys.create({ name: request.body.name, scopes }).catch(asTooMany);
      return reply.code(201).send({ ...shown(record), key });
    },
  });

  api.route({
    method: 'DELETE',
    url: '/v1/admin/keys/:keyId',
    schema: {
      summary: 'Revokes an API key, at once',
      tags: ['admin'],
      security: withKey,
      params: z.object({ keyId: pathId }),
      response: { 204: z.null(), ...failsWith(400, 401, 403, 404, 429) },
    },
    onRequest,
    async handler(request, reply) {
      if (!(await apiKeys.revoke(request.params.keyId))) throw new Problem('not-found');
      return reply.code(204).send(null);
    },
  });
}

function asTooMany(error: unknown): never {
  if (error instanceof StoreError && error.kind === 'rejected') throw new Problem('too-many-api-keys');
  throw error;
}
