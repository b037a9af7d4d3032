import { EntryKind, encodeReaction } from '@hongyan/protocol';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import { withKey } from './access.ts';
import { writerRef } from './account-refs.ts';
import { amend, conversationId, resolvedSaying, SAYING_BYTES_MAX, saying, sentSchema } from './saying.ts';
import { idempotent, type Speaker } from './speaker.ts';

const EMOJI_MAX = 8;

const params = z.object({ conversationId, seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });
const failures = failsWith(400, 401, 403, 404, 409, 422, 429);

/** Changing messages as an account, for the backend of an app (API-1). */
export function adminAmendmentRoutes(api: Api, { requireKey }: ApiContext, speaker: Speaker): void {
  const { refs } = speaker;
  const described = { tags: ['admin'], security: withKey, params };
  const onRequest = requireKey('messages:write');

  api.route({
    method: 'PATCH',
    url: '/v1/admin/conversations/:conversationId/messages/:seq',
    bodyLimit: SAYING_BYTES_MAX,
    schema: {
      summary: 'Edits a message, as who wrote it',
      ...described,
      headers: idempotent,
      body: saying,
      response: { 200: sentSchema, ...failures },
    },
    onRequest,
    async handler(request) {
      const { senderId, ...said } = await resolvedSaying(speaker, request.body);
      const key = request.headers['idempotency-key'];
      return amend(speaker, senderId, { ...request.params, ...said, kind: EntryKind.EDIT, key });
    },
  });

  api.route({
    method: 'DELETE',
    url: '/v1/admin/conversations/:conversationId/messages/:seq',
    schema: {
      summary: 'Recalls a message: its content is erased, everywhere',
      ...described,
      querystring: z.object({ senderId: writerRef.default('system').describe('Who recalls it') }),
      response: { 204: z.null(), ...failures },
    },
    onRequest,
    async handler(request, reply) {
      const senderId = await refs.find(request.query.senderId);
      // There is one recall of a message, so that asking again has the same answer.
      await amend(speaker, senderId, { ...request.params, kind: EntryKind.RECALL, key: 'once' });
      return reply.code(204).send(null);
    },
  });

  api.route({
    method: 'POST',
    url: '/v1/admin/conversations/:conversationId/messages/:seq/reactions',
    schema: {
      summary: 'Says all that an account reacts to a message with from now on',
      ...described,
      headers: idempotent,
      body: z.object({
        senderId: writerRef,
        emoji: z.array(z.string().min(1).max(32)).max(EMOJI_MAX).describe('None: with nothing any more'),
      }),
      response: { 201: sentSchema, ...failures },
    },
    onRequest,
    async handler(request, reply) {
      const senderId = await refs.find(request.body.senderId);
      const body = encodeReaction({ emoji: request.body.emoji });
      const key = request.headers['idempotency-key'];
      return reply
        .code(201)
        .send(await amend(speaker, senderId, { ...request.params, body, kind: EntryKind.REACTION, key }));
    },
  });
}
