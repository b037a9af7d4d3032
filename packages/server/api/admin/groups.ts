import { CHANGED_MEMBERS_MAX } from '@hongyan/core';
import type { ConversationId, Facts } from '@hongyan/protocol';
import { SYSTEM_USER_ID } from '@hongyan/protocol';
import { z } from 'zod';
import { type Api, type ApiContext, failsWith } from '../context.ts';
import type { GroupCalls } from '../groups.ts';
import { Problem } from '../problem.ts';
import { displayName } from '../schemas.ts';
import { withKey } from './access.ts';
import { accountRef } from './account-refs.ts';
import { changedPolicy, groupChanges, groupId, groupSchema, shownGroup } from './group-json.ts';
import { type Change, idempotent, type Speaker } from './speaker.ts';

const BODY_BYTES_MAX = 128 * 1024;

const params = z.object({ conversationId: groupId });

/** Groups, for the backend of an app, which acts in them as the system (API-2). */
export function adminGroupRoutes(
  api: Api,
  { requireKey }: ApiContext,
  speaker: Speaker,
  { createGroup }: Pick<GroupCalls, 'createGroup'>,
): void {
  const { store, refs } = speaker;
  const described = { tags: ['admin'], security: withKey };
  const onRequest = requireKey('groups');

  api.route({
    method: 'POST',
    url: '/v1/admin/groups',
    bodyLimit: BODY_BYTES_MAX,
    schema: {
      summary: 'Makes a group of an owner’s; more members are added to it afterwards',
      ...described,
      headers: idempotent,
      body: z.object({
        ownerId: accountRef,
        name: displayName,
        members: z.array(accountRef).max(CHANGED_MEMBERS_MAX).default([]).describe('Beside the owner'),
      }),
      response: { 201: groupSchema, ...failsWith(400, 401, 403, 404, 422, 429) },
    },
    onRequest,
    async handler(request, reply) {
      const { ownerId: ownerRef, members: memberRefs, name } = request.body;
      const [ownerId = '', ...members] = await refs.findAll([ownerRef, ...memberRefs]);
      const clientMessageId = speaker.messageId(request.headers['idempotency-key'], 'group');
      const group = { name, members, inviterId: SYSTEM_USER_ID, clientMessageId };
      return reply.code(201).send(await shown(await createGroup(ownerId, group)));
    },
  });

  api.route({
    method: 'GET',
    url: '/v1/admin/groups/:conversationId',
    schema: {
      summary: 'What a group is',
      ...described,
      params,
      response: { 200: groupSchema, ...failsWith(400, 401, 403, 404, 429) },
    },
    onRequest,
    handler: (request) => shown(request.params.conversationId),
  });

  api.route({
    method: 'PATCH',
    url: '/v1/admin/groups/:conversationId',
    schema: {
      summary: 'Changes what is given and is not so yet; of the policy, too, only what is given',
      ...described,
      params,
      body: groupChanges,
      response: { 200: groupSchema, ...failsWith(400, 401, 403, 404, 422, 429) },
    },
    onRequest,
    async handler(request) {
      const { conversationId } = request.params;
      const changes = changesIn(await factsOf(conversationId), request.body);
      for (const change of changes) await speaker.changeGroup(conversationId, change);
      return shown(conversationId);
    },
  });

  api.route({
    method: 'DELETE',
    url: '/v1/admin/groups/:conversationId',
    schema: {
      summary: 'Dissolves a group: nobody writes in it any more, and members go on to read it',
      ...described,
      params,
      response: { 204: z.null(), ...failsWith(400, 401, 403, 404, 429) },
    },
    onRequest,
    async handler(request, reply) {
      const { conversationId } = request.params;
      const { dissolved } = await factsOf(conversationId);
      if (!dissolved) await speaker.changeGroup(conversationId, { case: 'dissolved', value: {} });
      return reply.code(204).send(null);
    },
  });

  async function factsOf(conversationId: ConversationId): Promise<Facts> {
    const facts = await store.log.facts(conversationId);
    if (facts === undefined) throw new Problem('not-found');
    return facts;
  }

  async function shown(conversationId: ConversationId): Promise<z.output<typeof groupSchema>> {
    const [facts, [owner]] = await Promise.all([
      factsOf(conversationId),
      store.log.members({ conversationId, text: '', after: undefined, limit: 1 }),
    ]);
    return shownGroup(conversationId, facts, owner?.userId ?? '');
  }
}

/** One for each thing that is to be another, so that it can be seen in the log. */
function changesIn(facts: Facts, { policy, ...plain }: z.output<typeof groupChanges>): Change[] {
  const changes: Change[] = [];
  const { name, avatar, announcement, lifetimeMs, linkCode } = plain;
  if (name !== undefined && name !== facts.name) changes.push({ case: 'name', value: name });
  if (avatar !== undefined && avatar !== facts.avatar) changes.push({ case: 'avatar', value: avatar });
  if (announcement !== undefined && announcement !== facts.announcement)
    changes.push({ case: 'announcement', value: announcement });
  if (lifetimeMs !== undefined && lifetimeMs !== facts.lifetimeMs)
    changes.push({ case: 'lifetimeMs', value: lifetimeMs });
  if (linkCode !== undefined && linkCode !== facts.linkCode) changes.push({ case: 'linkCode', value: linkCode });
  if (policy !== undefined) {
    const value = changedPolicy(facts, policy);
    if (JSON.stringify(value) !== JSON.stringify(changedPolicy(facts, {}))) changes.push({ case: 'policy', value });
  }
  return changes;
}
