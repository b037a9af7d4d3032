import type { UserRecord } from '@hongyan/core/ports';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith, identify, signedIn } from './context.ts';
import { line, personSchema, userId } from './schemas.ts';

const IDS_MAX = 100;
const FOUND_MAX = 50;
const FOUND_DEFAULT = 20;

const ids = z
  .string()
  .max(IDS_MAX * 32)
  .transform((text) => text.split(','))
  .pipe(z.array(userId).min(1).max(IDS_MAX));

/** Either `ids` or `query`, never both. */
const search = z
  .object({
    query: line(64).min(1).optional().describe('Part of a handle or display name'),
    limit: z.coerce.number().int().min(1).max(FOUND_MAX).default(FOUND_DEFAULT),
    ids: ids.optional().describe(`At most ${IDS_MAX} account ids, separated by commas`),
  })
  .refine(({ query, ids }) => (query === undefined) !== (ids === undefined), 'give either query or ids');

export function personOf({ userId, handle, displayName, statusLine }: UserRecord): z.output<typeof personSchema> {
  return { userId, handle, displayName, statusLine };
}

export function peopleRoutes(api: Api, { accounts, authenticator, rateLimits }: ApiContext): void {
  api.route({
    method: 'GET',
    url: '/v1/people',
    schema: {
      summary: 'Finds accounts by part of a name, or gives those with the ids',
      tags: ['people'],
      security: signedIn,
      querystring: search,
      response: { 200: z.object({ people: z.array(personSchema) }), ...failsWith(400, 401, 429) },
    },
    async handler(request) {
      await identify(authenticator, request);
      const { ids, query = '', limit } = request.query;
      await rateLimits.account(request);
      if (ids !== undefined) return { people: (await accounts.usersById(ids)).map(personOf) };
      await rateLimits.search(request);
      return { people: (await accounts.findUsers(query, limit)).map(personOf) };
    },
  });
}
