import { type ConversationId, parseConversationId, SYSTEM_USER_ID, type UserId } from '@hongyan/protocol';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import { withKey } from './access.ts';
import { accountRef } from './account-refs.ts';
import { entrySchema, foldedEntries } from './folded-entries.ts';
import { conversationId } from './saying.ts';
import type { Speaker } from './speaker.ts';

const PAGE_MAX = 200;
const PAGE_DEFAULT = 50;

const seq = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Reading what was said, for the backend of an app (API-3). */
export function adminHistoryRoutes(api: Api, { requireKey }: ApiContext, speaker: Speaker): void {
  api.route({
    method: 'GET',
    url: '/v1/admin/conversations/:conversationId/messages',
    schema: {
      summary: 'What was said, oldest first: the newest page, the one before a place, or the one after it',
      tags: ['admin'],
      security: withKey,
      params: z.object({ conversationId }),
      querystring: z.object({
        beforeSeq: seq.min(1).optional().describe('`nextBeforeSeq` of a page'),
        afterSeq: seq.optional().describe('`nextAfterSeq` of a page; 0 begins with the oldest'),
        limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_DEFAULT).describe('Places in the log'),
        userId: accountRef.optional().describe('Only what this account may read'),
      }),
      response: {
        200: z.object({
          messages: z
            .array(entrySchema)
            .describe('Edits, reactions and recalls have places in the log, too, and are in what they change'),
          lastSeq: z.int(),
          nextBeforeSeq: z.int().optional().describe('Absent when there is nothing before'),
          nextAfterSeq: z.int().optional().describe('Absent when there is nothing after'),
        }),
        ...failsWith(400, 401, 403, 404, 429),
      },
    },
    onRequest: requireKey('messages:read'),
    async handler(request) {
      const { conversationId } = request.params;
      const { userId, beforeSeq, afterSeq, limit } = request.query;
      const viewerId = userId === undefined ? readerOf(conversationId) : await speaker.refs.find(userId);
      const isForward = afterSeq !== undefined && beforeSeq === undefined;
      const answer = await speaker.ask(viewerId, {
        case: 'fetchEntries',
        value: {
          conversationId,
          afterSeq: afterSeq ?? 0,
          beforeSeq: isForward ? 0 : (beforeSeq ?? Number.MAX_SAFE_INTEGER),
          limit,
        },
      });
      if (answer.case !== 'entryPage') throw new Error(`logic answered fetchEntries with ${answer.case}`);
      const { entries, lastSeq } = answer.value;
      const [first = 0, last = 0] = [entries.at(0)?.seq, entries.at(-1)?.seq];
      return {
        messages: foldedEntries(answer.value),
        lastSeq,
        ...(first > (afterSeq ?? 0) + 1 && { nextBeforeSeq: first }),
        ...(last > 0 && last < Math.min(lastSeq, (beforeSeq ?? Number.MAX_SAFE_INTEGER) - 1) && { nextAfterSeq: last }),
      };
    },
  });
}

/** Who reads all of it: of what is between two, and of somebody's notes, each who takes part. */
const readerOf = (conversationId: ConversationId): UserId =>
  parseConversationId(conversationId)?.members?.[0] ?? SYSTEM_USER_ID;
