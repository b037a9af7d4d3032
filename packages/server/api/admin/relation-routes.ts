import { z } from 'zod';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import { personOf } from '../people.ts';
import { personSchema } from '../schemas.ts';
import { withKey } from './access.ts';
import { accountRef } from './account-refs.ts';
import { type RelatedPage, RelationDesk } from './relations.ts';
import type { Speaker } from './speaker.ts';

const PAGE_MAX = 200;

const both = z
  .object({ userId: accountRef, otherId: accountRef })
  .refine(({ userId, otherId }) => userId !== otherId, 'are two accounts');
const paged = z.object({
  after: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('`nextAfter` of the page before'),
  limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_MAX),
});
const nextAfter = z.int().optional().describe('Absent on the last page');
const related = z.object({ person: personSchema, sinceMs: z.int() });

/** Who is friends with whom and who has blocked whom, for the backend of an app (API-5). */
export function adminRelationRoutes(api: Api, { requireKey, accounts }: ApiContext, speaker: Speaker): void {
  const { refs } = speaker;
  const desk = new RelationDesk(speaker);
  const described = { tags: ['admin'], security: withKey };
  const onRequest = requireKey('users');

  const relations = [
    { url: '/v1/admin/users/:userId/friends', list: 'The friends of an account', page: desk.friends.bind(desk) },
    { url: '/v1/admin/users/:userId/blocks', list: 'Whom an account has blocked', page: desk.blocks.bind(desk) },
  ];
  for (const { url, list, page } of relations) {
    api.route({
      method: 'GET',
      url,
      schema: {
        summary: `${list}, in the order in which that changed last`,
        ...described,
        params: z.object({ userId: accountRef }),
        querystring: paged,
        response: { 200: z.object({ people: z.array(related), nextAfter }), ...failsWith(400, 401, 403, 404, 429) },
      },
      onRequest,
      async handler(request) {
        const [userId] = await refs.findPresent(request.params.userId);
        return shown(await page(userId, request.query.after, request.query.limit));
      },
    });
  }

  const deeds = [
    {
      method: 'PUT',
      of: 'friends',
      summary: 'Makes two accounts friends, whether they asked for it or not',
      done: desk.befriend,
    },
    { method: 'DELETE', of: 'friends', summary: 'Ends a friendship, or a request for one, for both', done: desk.part },
    { method: 'PUT', of: 'blocks', summary: 'Blocks an account for another one', done: desk.block },
    { method: 'DELETE', of: 'blocks', summary: 'Takes a block back', done: desk.unblock },
  ] as const;
  for (const { method, of, summary, done } of deeds) {
    api.route({
      method,
      url: `/v1/admin/users/:userId/${of}/:otherId`,
      schema: {
        summary,
        ...described,
        params: both,
        response: { 204: z.null(), ...failsWith(400, 401, 403, 404, 422, 429) },
      },
      onRequest,
      async handler(request, reply) {
        const [userId, otherId] = await refs.findPresent(request.params.userId, request.params.otherId);
        await done.call(desk, userId, otherId);
        return reply.code(204).send(null);
      },
    });
  }

  async function shown({ related, next }: RelatedPage) {
    const users = await accounts.usersById(related.map(({ userId }) => userId));
    const byId = new Map(users.map((user) => [user.userId, personOf(user)]));
    const people = related.flatMap(({ userId, sinceMs }) => {
      const person = byId.get(userId);
      return person === undefined ? [] : { person, sinceMs };
    });
    return { people, ...(next !== undefined && { nextAfter: next }) };
  }
}
