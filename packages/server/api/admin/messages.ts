import { LIFETIME_MAX_MS, LIFETIME_MIN_MS } from '@hongyan/core';
import {
  type ConversationId,
  directConversationId,
  type EntryHeader,
  EntryKind,
  encodeReaction,
  type MessageSent,
  parseConversationId,
  selfConversationId,
  type UserId,
} from '@hongyan/protocol';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import { withKey } from './access.ts';
import { accountRef, writerRef } from './account-refs.ts';
import { bodyOf, type Said } from './content-json.ts';
import { mentionsIn, withUserIds } from './mentions.ts';
import { idempotent, type Speaker } from './speaker.ts';

/** A message has at most 64 KB; in JSON its characters may be escaped. */
const BODY_BYTES_MAX = 512 * 1024;
const TEXT_LENGTH_MAX = 65_536;
const EMOJI_MAX = 8;

export const conversationId = z
  .string()
  .refine((text) => parseConversationId(text) !== undefined, 'must be a conversationId');
const inConversation = z.object({ conversationId });
const atSeq = z.object({ conversationId, seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

const content = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string().min(1).max(TEXT_LENGTH_MAX) }),
    z.object({ kind: z.literal('contact'), userId: accountRef }),
  ])
  .describe('Texts mention accounts as `<@u…>`, or `<@ext:…>` with what the app calls them, and everybody as `<@all>`');
const said = z.object({
  senderId: writerRef,
  content,
  replyToSeq: z.int().min(0).default(0).describe('The message of the conversation that it answers'),
});
const lifetimes = {
  lifetimeMs: z.int().min(LIFETIME_MIN_MS).max(LIFETIME_MAX_MS).optional().describe('After which it is erased'),
  livesFromRead: z.boolean().default(false).describe('The time counts from when the other one has read it'),
};

const sentSchema = z
  .object({ conversationId: z.string(), seq: z.int(), serverTimeMs: z.int() })
  .meta({ id: 'MessageSent' });
const failures = failsWith(400, 401, 403, 404, 409, 422, 429);

/** Writing as an account, for the backend of an app (API-1). */
export function adminMessageRoutes(api: Api, { requireKey }: ApiContext, speaker: Speaker): void {
  const { refs, clock } = speaker;
  const described = { tags: ['admin'], security: withKey };
  const onRequest = requireKey('messages:write');

  api.route({
    method: 'POST',
    url: '/v1/admin/conversations/:conversationId/messages',
    bodyLimit: BODY_BYTES_MAX,
    schema: {
      summary: 'Sends a message as an account, or as the system',
      ...described,
      params: inConversation,
      headers: idempotent,
      body: said.extend(lifetimes),
      response: { 201: sentSchema, ...failures },
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
    bodyLimit: BODY_BYTES_MAX,
    schema: {
      summary: 'Sends a message to an account, in what the sender and it say to each other',
      ...described,
      params: z.object({ userId: accountRef }),
      headers: idempotent,
      body: said.extend(lifetimes),
      response: { 201: sentSchema, ...failures },
    },
    onRequest,
    async handler(request, reply) {
      const [senderId = '', userId = ''] = await refs.findAll([request.body.senderId, request.params.userId]);
      const conversationId = senderId === userId ? selfConversationId(userId) : directConversationId(senderId, userId);
      const sent = await send(conversationId, request.body, request.headers['idempotency-key']);
      return reply.code(201).send(sent);
    },
  });

  api.route({
    method: 'PATCH',
    url: '/v1/admin/conversations/:conversationId/messages/:seq',
    bodyLimit: BODY_BYTES_MAX,
    schema: {
      summary: 'Edits a message, as who wrote it',
      ...described,
      params: atSeq,
      headers: idempotent,
      body: said,
      response: { 200: sentSchema, ...failures },
    },
    onRequest,
    async handler(request) {
      const { senderId, ...rest } = await resolved(request.body);
      const { body, mentions } = rest;
      const header = { ...NO_HEADER, ...mentions, targetSeq: request.params.seq };
      const key = request.headers['idempotency-key'];
      return amend(senderId, { ...request.params, kind: EntryKind.EDIT, header, body, key });
    },
  });

  api.route({
    method: 'DELETE',
    url: '/v1/admin/conversations/:conversationId/messages/:seq',
    schema: {
      summary: 'Recalls a message: its content is erased, everywhere',
      ...described,
      params: atSeq,
      querystring: z.object({ senderId: writerRef.default('system').describe('Who recalls it') }),
      response: { 204: z.null(), ...failures },
    },
    onRequest,
    async handler(request, reply) {
      const senderId = await refs.find(request.query.senderId);
      const header = { ...NO_HEADER, targetSeq: request.params.seq };
      // There is one recall of a message, so that asking again has the same answer.
      await amend(senderId, { ...request.params, kind: EntryKind.RECALL, header, body: NO_BYTES, key: 'once' });
      return reply.code(204).send(null);
    },
  });

  api.route({
    method: 'POST',
    url: '/v1/admin/conversations/:conversationId/messages/:seq/reactions',
    schema: {
      summary: 'Says all that an account reacts to a message with from now on',
      ...described,
      params: atSeq,
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
      const header = { ...NO_HEADER, targetSeq: request.params.seq };
      const key = request.headers['idempotency-key'];
      const sent = await amend(senderId, { ...request.params, kind: EntryKind.REACTION, header, body, key });
      return reply.code(201).send(sent);
    },
  });

  type Saying = z.output<typeof said>;

  async function resolved({ senderId, content, replyToSeq }: Saying) {
    const meant = await resolvedContent(content);
    const mentions = mentionsIn(meant.kind === 'text' ? meant.text : '');
    return { senderId: await refs.find(senderId), body: bodyOf(meant, replyToSeq), mentions };
  }

  async function resolvedContent(given: Saying['content']): Promise<Said> {
    switch (given.kind) {
      case 'text':
        return { kind: 'text', text: await withUserIds(given.text, refs) };
      case 'contact': {
        const [userId] = await refs.findPresent(given.userId);
        return { kind: 'contact', userId };
      }
    }
  }

  async function send(
    conversationId: ConversationId,
    { lifetimeMs = 0, livesFromRead, ...saying }: Saying & { lifetimeMs?: number | undefined; livesFromRead: boolean },
    key: string | undefined,
  ): Promise<z.output<typeof sentSchema>> {
    const { senderId, body, mentions } = await resolved(saying);
    const isPlain = mentions.mentionedIds.length === 0 && !mentions.mentionsAll && lifetimeMs === 0;
    const header = isPlain ? undefined : { ...NO_HEADER, ...mentions, lifetimeMs, livesFromRead };
    const clientMessageId = speaker.messageId(key, 'message', conversationId);
    const value = { conversationId, clientMessageId, clientTimeMs: clock.now(), body, header };
    return shown(await speaker.append(senderId, { case: 'sendMessage', value }));
  }

  interface Amendment {
    conversationId: ConversationId;
    seq: number;
    kind: EntryKind;
    header: EntryHeader;
    body: Uint8Array;
    key: string | undefined;
  }

  async function amend(senderId: UserId, { conversationId, seq, kind, header, body, key }: Amendment) {
    const clientMessageId = speaker.messageId(key, 'amendment', kind, conversationId, seq);
    const value = { conversationId, clientMessageId, clientTimeMs: clock.now(), kind, header, body };
    return shown(await speaker.append(senderId, { case: 'changeConversation', value }));
  }
}

const NO_BYTES = new Uint8Array();
const NO_HEADER: EntryHeader = {
  ...{ targetSeq: 0, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false },
};

const shown = ({ conversationId, seq, serverTimeMs }: MessageSent): z.output<typeof sentSchema> => ({
  ...{ conversationId, seq, serverTimeMs },
});
