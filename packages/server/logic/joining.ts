import { decideJoining, isBlock, isMember } from '@hongyan/core';
import {
  type Asking,
  type ConversationId,
  decodeAsking,
  EntryKind,
  ErrorCode,
  encodeConversationChange,
  ProtocolError,
  recordKey,
  type UserId,
} from '@hongyan/protocol';
import { type AppendingParts, appendDecided } from './appending.ts';

const TEXT_LENGTH_MAX = 200;
/** What an Asking takes, whatever else a later version says in it: those who decide keep it too. */
const ASKING_BYTES_MAX = 1_024;

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
  if (value.length > ASKING_BYTES_MAX) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `an Asking has at most ${ASKING_BYTES_MAX} bytes`);
  }
  if (asking.text.length > TEXT_LENGTH_MAX) {
    throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `more than ${TEXT_LENGTH_MAX} characters`);
  }
  const conversation = await parts.reads.run(userId, () => parts.conversations.openToJoin(conversationId));
  if (isMember(conversation, userId)) return [];
  const joined = decideJoining(conversation, userId, asking);
  if (joined.kind === 'asks') return withoutBlockers(parts, userId, joined.adminIds);
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

/** Who has blocked somebody is not told what it asks (PPL-3). */
async function withoutBlockers(
  { store, reads }: AppendingParts,
  userId: UserId,
  adminIds: readonly UserId[],
): Promise<readonly UserId[]> {
  const key = recordKey({ kind: 'block', userId });
  const blocks = await reads.run(userId, () => store.records.under([key], adminIds));
  const blockers = new Set(blocks.filter(({ record }) => isBlock(record.value)).map((owned) => owned.userId));
  return adminIds.filter((adminId) => !blockers.has(adminId));
}

function askingIn(value: Uint8Array): Asking {
  try {
    return decodeAsking(value);
  } catch {
    throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'the value is no Asking');
  }
}
