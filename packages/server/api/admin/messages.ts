import { LIFETIME_MAX_MS, LIFETIME_MIN_MS } from '@hongyan/core';
import { type ConversationId, directConversationId, selfConversationId } from '@hongyan/protocol';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import { withKey } from './access.ts';
import { accountRef } from './account-refs.ts';
import {
  conversationId,
  NO_HEADER,
  resolvedSaying,
  SAYING_BYTES_MAX,
  saying,
  sentSchema,
  shownSent,
} from './saying.ts';
import { idempotent, type Speaker } from './speaker.ts';

const message = saying.extend({
  lifetimeMs: z.int().min(LIFETIME_MIN_MS).max(LIFETIME_MAX_MS).optional().describe('After which it is erased'),
  livesFromRead: z.boolean().default(false).describe('The time counts from when the other one has read it'),
});

/** Sending as an account, for the backend of an app (API-1). */
export function adminMessageRoutes(api: Api, { requireKey }: ApiContext, speaker: Speaker): void {
  const { refs, clock } = speaker;
  const response = { 201: sentSchema, ...failsWith(400, 401, 403, 404, 422, 429) };
  const described = { tags: ['admin'], security: withKey, headers: idempotent, body: message, response };
  const onRequest = requireKey('messages:write');
  const bodyLimit = SAYING_BYTES_MAX;

  api.route({
    method: 'POST',
    url: '/v1/admin/conversations/:conversationId/messages',
    bodyLimit,
    schema: {
      summary: 'Sends a message as an account, or as the system',
      ...described,
      params: z.object({ conversationId }),
    },
    onRequest,
    async handler(request, reply) {
      const { conversationId } = request.params;
      const sent = await send(conversationId, request.body, request.headers['idempotency-key']);
      return reply.code(201).send(sent);
    },
  });

  api.route({
    method: 'POST',
    url: '/v1/admin/users/:userId/messages',
    bodyLimit,
    schema: {
      summary: 'Sends a message to an account, in what the sender and it say to each other',
      ...described,
      params: z.object({ userId: accountRef }),
    },
    onRequest,
    async handler(request, reply) {
      const [senderId = '', userId = ''] = await refs.findAll([request.body.senderId, request.params.userId]);
      const conversationId = senderId === userId ? selfConversationId(userId) : directConversationId(senderId, userId);
      const sent = await send(conversationId, request.body, request.headers['idempotency-key']);
      return reply.code(201).send(sent);
    },
  });

  async function send(
    conversationId: ConversationId,
    { lifetimeMs = 0, livesFromRead, ...said }: z.output<typeof message>,
    key: string | undefined,
  ): Promise<z.output<typeof sentSchema>> {
    const { senderId, body, mentions } = await resolvedSaying(speaker, said);
    const isPlain = mentions.mentionedIds.length === 0 && !mentions.mentionsAll && lifetimeMs === 0;
    const header = isPlain ? undefined : { ...NO_HEADER, ...mentions, lifetimeMs, livesFromRead };
    const clientMessageId = speaker.messageId(key, 'message', conversationId);
    const value = { conversationId, clientMessageId, clientTimeMs: clock.now(), body, header };
    return shownSent(await speaker.append(senderId, { case: 'sendMessage', value }));
  }
}
