import { GROUP_FOUNDERS_MAX, LINK_CODE_LENGTH_MAX } from '@hongyan/core';
import { type ConversationId, ID_LENGTH, idFromBytes, Joining, type UserId } from '@hongyan/protocol';
import { z } from 'zod';
import type { GroupPreview, NewGroup } from '../logic/index.ts';
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

/** What the calls about groups do. */
export interface GroupCalls {
  createGroup(creator: UserId, group: NewGroup): Promise<ConversationId>;
  previewGroup(conversationId: ConversationId, linkCode: string): Promise<GroupPreview | undefined>;
}

const joiningNames = {
  [Joining.OPEN]: 'open',
  [Joining.APPROVAL]: 'approval',
  [Joining.QUESTION]: 'question',
} as const;

const preview = z.object({
  name: z.string(),
  avatar: z.string(),
  memberCount: z.number(),
  joining: z.enum(['open', 'approval', 'question']),
  question: z.string().describe('What has to be answered, where joining is question'),
});

export function groupRoutes(
  api: Api,
  { authenticator, rateLimits }: ApiContext,
  { createGroup, previewGroup }: GroupCalls,
): void {
  api.route({
    method: 'GET',
    url: '/v1/groups/:conversationId/preview',
    schema: {
      summary: 'Says what group a link leads to',
      tags: ['groups'],
      security: signedIn,
      params: z.object({ conversationId: z.string().max(64) }),
      querystring: z.object({ code: z.string().max(LINK_CODE_LENGTH_MAX) }),
      response: { 200: preview, ...failsWith(400, 401, 404, 429) },
    },
    async handler(request) {
      await identify(authenticator, request);
      await rateLimits.account(request);
      const found = await previewGroup(request.params.conversationId, request.query.code);
      if (found === undefined || found.joining === Joining.UNSPECIFIED) throw new Problem('not-found');
      return { ...found, joining: joiningNames[found.joining] };
    },
  });

  api.route({
    method: 'POST',
    url: '/v1/groups',
    bodyLimit: BODY_BYTES_MAX,
    schema: {
      summary: 'Makes a group',
      tags: ['groups'],
      security: signedIn,
      body: newGroup,
      response: { 201: z.object({ conversationId: z.string() }), ...failsWith(400, 401, 403, 404, 429) },
    },
    async handler(request, reply) {
      const caller = await identify(authenticator, request);
      await rateLimits.account(request);
      const { clientMessageId = idFromBytes('m', systemRandom.bytes(ID_LENGTH)), ...group } = request.body;
      const conversationId = await createGroup(caller.userId, { ...group, clientMessageId });
      return reply.code(201).send({ conversationId });
    },
  });
}
