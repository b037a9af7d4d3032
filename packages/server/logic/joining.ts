import { decideJoining, isMember } from '@hongyan/core';
import {
  type Asking,
  type ConversationId,
  decodeAsking,
  EntryKind,
  ErrorCode,
  encodeConversationChange,
  ProtocolError,
  type UserId,
} from '@hongyan/protocol';
import { type AppendingParts, appendDecided } from './appending.ts';

const TEXT_LENGTH_MAX = 200;

/**
 * Lets somebody join who has a group's link, or answers who decides (GRP-9). Rejects with ProtocolError when neither can be, and
 * with StoreError.
 */
export async function askToJoin(
  parts: AppendingParts,
  userId: UserId,
  conversationId: ConversationId,
  value: Uint8Array,
): Promise<readonly UserId[]> {
  if (value.length === 0) return [];
  const asking = askingIn(value);
  if (asking.text.length > TEXT_LENGTH_MAX) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `more than ${TEXT_LENGTH_MAX} characters`);
  }
  const conversation = await parts.reads.run(userId, () => parts.conversations.openToJoin(conversationId));
  if (isMember(conversation, userId)) return [];
  const joined = decideJoining(conversation, userId, asking);
  if (joined.kind === 'asks') return joined.adminIds;
  const nowMs = parts.clock.now();
  const body = encodeConversationChange({ change: { case: 'membersAdded', value: { userIds: [userId] } } });
  const clientMessageId = `join-${conversationId}-${nowMs}`;
  const stated = { kind: EntryKind.CONVERSATION_CHANGED, clientMessageId, clientTimeMs: nowMs, body };
  await appendDecided(parts, { userId, deviceId: '', sessionId: '' }, conversation, stated, () => {
    const again = decideJoining(conversation, userId, asking);
    if (again.kind === 'joins') return { change: again.change };
    throw new ProtocolError(ErrorCode.FORBIDDEN, 'administrators decide who joins');
  });
  return [];
}

function askingIn(value: Uint8Array): Asking {
  try {
    return decodeAsking(value);
  } catch {
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'the value is no Asking');
  }
}
