import { isLine, type Store } from '@hongyan/core';
import {
  type ConversationId,
  ConversationKind,
  ErrorCode,
  type FetchMembers,
  type Limits,
  type MemberPage,
  ProtocolError,
  parseConversationId,
  type Role,
  SYSTEM_USER_ID,
  type UserId,
} from '@hongyan/protocol';

const QUERY_LENGTH_MAX = 64;

/** A page of a conversation's members (E4). Rejects with ProtocolError for what no page before said, and with StoreError. */
export async function fetchMembers(
  { log }: Store,
  limits: Limits,
  viewerId: UserId,
  { conversationId, query, after, limit: asked }: FetchMembers,
): Promise<MemberPage> {
  if (query.length > QUERY_LENGTH_MAX) throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, 'the query is too long');
  if (!isLine(query)) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'the query has control characters');
  await checkStillMember(log, conversationId, viewerId);
  const limit = Math.min(Math.max(asked, 1), limits.pageEntriesMax);
  const found = await log.members({ conversationId, text: query, after: placeIn(after), limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    conversationId,
    members: page.map(({ userId, role, nickname, mutedUntilMs }) => ({ userId, role, nickname, mutedUntilMs })),
    next: found.length > limit && last !== undefined ? `${last.role} ${last.userId}` : '',
  };
}

/**
 * Another node may have ended the membership by which the conversation was opened. Rejects with ProtocolError FORBIDDEN, and with
 * StoreError.
 */
export async function checkStillMember(
  log: Pick<Store['log'], 'member'>,
  conversationId: ConversationId,
  userId: UserId,
): Promise<void> {
  if (userId === SYSTEM_USER_ID || parseConversationId(conversationId)?.kind !== ConversationKind.GROUP) return;
  const member = await log.member(conversationId, userId);
  if (member?.untilSeq !== 0) throw new ProtocolError(ErrorCode.FORBIDDEN, 'not a member of this conversation');
}

function placeIn(after: string): { role: Role; userId: string } | undefined {
  if (after === '') return undefined;
  const [, role, userId] = /^([123]) (u[0-9a-z]{16})$/.exec(after) ?? [];
  if (role === undefined || userId === undefined) {
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'after is no place in the list');
  }
  return { role: Number(role) as Role, userId };
}
