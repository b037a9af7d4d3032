import { GROUP_FOUNDERS_MAX } from '@hongyan/core';
import { ErrorCode, ID_LENGTH, idFromBytes, ProtocolError, type UserId } from '@hongyan/protocol';
import { z } from 'zod';
import type { NewGroup } from '../logic/index.ts';
import { systemRandom } from '../system.ts';
import { type Api, type ApiContext, failsWith, identify, signedIn } from './context.ts';
import { Problem } from './problem.ts';
import { displayName, userId } from './schemas.ts';

/** As many ids as a group has members, in JSON. */
const BODY_BYTES_MAX = 256 * 1024;

const newGroup = z.object({
  name: displayName,
  members: z.array(userId).max(GROUP_FOUNDERS_MAX).describe('Beside the caller'),
  clientMessageId: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 of a–z, A–Z, 0–9, ".", "_" and "-"')
    .optional()
    .describe('The caller’s own name for this request: asked for again, it makes no second group'),
});

export function groupRoutes(
  api: Api,
  { authenticator, rateLimits }: ApiContext,
  createGroup: (creator: UserId, group: NewGroup) => Promise<string>,
): void {
  api.route({
    method: 'POST',
    url: '/v1/groups',
    bodyLimit: BODY_BYTES_MAX,
    schema: {
      summary: 'Makes a group',
      tags: ['groups'],
      security: signedIn,
      body: newGroup,
      response: { 201: z.object({ conversationId: z.string() }), ...failsWith(400, 401, 404, 429) },
    },
    async handler(request, reply) {
      const caller = await identify(authenticator, request);
      await rateLimits.account(request);
      const { clientMessageId = idFromBytes('m', systemRandom.bytes(ID_LENGTH)), ...group } = request.body;
      const conversationId = await createGroup(caller.userId, { ...group, clientMessageId }).catch(asProblem);
      return reply.code(201).send({ conversationId });
    },
  });
}

function asProblem(error: unknown): never {
  if (error instanceof ProtocolError && error.code === ErrorCode.NOT_FOUND) throw new Problem('not-found');
  throw error;
}
