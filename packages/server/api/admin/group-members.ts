import { CHANGED_MEMBERS_MAX } from '@hongyan/core';
import type { MemberHead } from '@hongyan/core/ports';
import { type ConversationId, ErrorCode, ProtocolError, SYSTEM_USER_ID, type UserId } from '@hongyan/protocol';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import { Problem } from '../problem.ts';
import { withKey } from './access.ts';
import { accountRef } from './account-refs.ts';
import { groupId, memberSchema, role, roleOf, shownMember } from './group-json.ts';
import { idempotent, type Speaker } from './speaker.ts';

const BODY_BYTES_MAX = 128 * 1024;
const PAGE_MAX = 200;
/** Somebody else may add the same people meanwhile. */
const ATTEMPTS_MAX = 3;

const params = z.object({ conversationId: groupId, userId: accountRef });

/** Who is in groups, for the backend of an app, which acts in them as the system (API-2). */
export function adminGroupMemberRoutes(api: Api, { requireKey }: ApiContext, speaker: Speaker): void {
  const { store, refs } = speaker;
  const described = { tags: ['admin'], security: withKey };
  const onRequest = requireKey('groups');

  api.route({
    method: 'GET',
    url: '/v1/admin/groups/:conversationId/members',
    schema: {
      summary: 'Who is in a group: the owner first, then administrators, then the others',
      ...described,
      params: params.pick({ conversationId: true }),
      querystring: z.object({
        after: z.string().max(32).default('').describe('`nextAfter` of the page before'),
        limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(PAGE_MAX),
        query: z.string().max(64).default('').describe('Part of a nickname, handle or display name'),
      }),
      response: {
        200: z.object({
          members: z.array(memberSchema),
          nextAfter: z.string().optional().describe('Absent on the last page'),
        }),
        ...failsWith(400, 401, 403, 404, 422, 429),
      },
    },
    onRequest,
    async handler(request) {
      const value = { ...request.params, ...request.query };
      const answer = await speaker.ask(SYSTEM_USER_ID, { case: 'fetchMembers', value });
      if (answer.case !== 'memberPage') throw new Error(`logic answered fetchMembers with ${answer.case}`);
      const { members, next } = answer.value;
      return { members: members.map(shownMember), ...(next !== '' && { nextAfter: next }) };
    },
  });

  api.route({
    method: 'POST',
    url: '/v1/admin/groups/:conversationId/members',
    bodyLimit: BODY_BYTES_MAX,
    schema: {
      summary: 'Adds those who are no members yet, all or none of them',
      ...described,
      params: params.pick({ conversationId: true }),
      headers: idempotent,
      body: z.object({ userIds: z.array(accountRef).min(1).max(CHANGED_MEMBERS_MAX) }),
      response: { 204: z.null(), ...failsWith(400, 401, 403, 404, 422, 429) },
    },
    onRequest,
    async handler(request, reply) {
      const { conversationId } = request.params;
      const userIds = await refs.findAll(request.body.userIds);
      await add(conversationId, userIds, request.headers['idempotency-key']);
      return reply.code(204).send(null);
    },
  });

  api.route({
    method: 'PUT',
    url: '/v1/admin/groups/:conversationId/members/:userId',
    schema: {
      summary: 'Adds somebody who is no member yet, and gives the role and the time without a voice that are given',
      ...described,
      params,
      body: z.object({
        role: role.optional().describe('`owner` passes the group on'),
        mutedUntilMs: z.int().min(0).optional().describe('Milliseconds since 1970-01-01 UTC; 0: may write'),
      }),
      response: { 200: memberSchema, 201: memberSchema, ...failsWith(400, 401, 403, 404, 422, 429) },
    },
    onRequest,
    async handler(request, reply) {
      const { conversationId } = request.params;
      const userId = await refs.find(request.params.userId);
      const { role, mutedUntilMs } = request.body;
      const before = await memberOf(conversationId, userId);
      if (before === undefined) await add(conversationId, [userId]);
      const member = before ?? (await required(conversationId, userId));
      if (role !== undefined && roleOf[role] !== member.role)
        await speaker.changeGroup(conversationId, { case: 'roleGiven', value: { userId, role: roleOf[role] } });
      if (mutedUntilMs !== undefined && mutedUntilMs !== member.mutedUntilMs)
        await speaker.changeGroup(conversationId, { case: 'memberMuted', value: { userId, untilMs: mutedUntilMs } });
      return reply.code(before === undefined ? 201 : 200).send(shownMember(await required(conversationId, userId)));
    },
  });

  api.route({
    method: 'DELETE',
    url: '/v1/admin/groups/:conversationId/members/:userId',
    schema: {
      summary: 'Takes somebody out of a group, who goes on to read what it was told so far',
      ...described,
      params,
      response: { 204: z.null(), ...failsWith(400, 401, 403, 404, 429) },
    },
    onRequest,
    async handler(request, reply) {
      const { conversationId } = request.params;
      const userId = await refs.find(request.params.userId);
      await required(conversationId, userId);
      await speaker.changeGroup(conversationId, { case: 'membersRemoved', value: { userIds: [userId] } });
      return reply.code(204).send(null);
    },
  });

  async function memberOf(conversationId: ConversationId, userId: UserId): Promise<MemberHead | undefined> {
    const member = await store.log.member(conversationId, userId);
    return member?.untilSeq === 0 ? member : undefined;
  }

  async function required(conversationId: ConversationId, userId: UserId): Promise<MemberHead> {
    const member = await memberOf(conversationId, userId);
    if (member === undefined) throw new Problem('not-found', { detail: 'there is no such member' });
    return member;
  }

  /** Those who are no members yet; of two who add the same at once both have done it. */
  async function add(conversationId: ConversationId, userIds: readonly UserId[], key?: string): Promise<void> {
    const unique = [...new Set(userIds)];
    const named = key && speaker.messageId(key, 'members', conversationId);
    for (let attempts = 1; ; attempts++) {
      const members = await Promise.all(unique.map((userId) => memberOf(conversationId, userId)));
      const joining = unique.filter((_, at) => members[at] === undefined);
      if (joining.length === 0) return;
      try {
        await speaker.changeGroup(conversationId, { case: 'membersAdded', value: { userIds: joining } }, named);
        return;
      } catch (error) {
        const isMember = error instanceof ProtocolError && error.code === ErrorCode.INVALID_ARGUMENT;
        if (!isMember || attempts === ATTEMPTS_MAX) throw error;
      }
    }
  }
}
