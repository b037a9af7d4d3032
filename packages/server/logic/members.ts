import { isLine, type Store } from '@hongyan/core';
import {
  ErrorCode,
  type FetchMembers,
  type Limits,
  type MemberPage,
  ProtocolError,
  type Role,
} from '@hongyan/protocol';

const QUERY_LENGTH_MAX = 64;

/** A page of a conversation's members (E4). Rejects with ProtocolError for what no page before said, and with StoreError. */
export async function fetchMembers(
  { log }: Store,
  limits: Limits,
  { conversationId, query, after, limit: asked }: FetchMembers,
): Promise<MemberPage> {
  if (query.length > QUERY_LENGTH_MAX) throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, 'the query is too long');
  if (!isLine(query)) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'the query has control characters');
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

function placeIn(after: string): { role: Role; userId: string } | undefined {
  if (after === '') return undefined;
  const [, role, userId] = /^([123]) (u[0-9a-z]{16})$/.exec(after) ?? [];
  if (role === undefined || userId === undefined) {
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'after is no place in the list');
  }
  return { role: Number(role) as Role, userId };
}
