import { type ReceiptCount, ReceiptStage, type UserId } from '@hongyan/protocol';
import type { Conversation } from '../log/conversation.ts';
import type { CursorPosition } from './cursor.ts';

/** How far somebody is with the entry at `seq`. */
export function stageAt({ deliveredSeq, readSeq }: CursorPosition, seq: number): ReceiptStage {
  if (readSeq >= seq) return ReceiptStage.READ;
  return deliveredSeq >= seq ? ReceiptStage.DELIVERED : ReceiptStage.MISSING;
}

/** How many of those who may read it have a message (D1). */
export function countReceivers(conversation: Conversation, seq: number, senderId: UserId): ReceiptCount {
  const count = { seq, read: 0, delivered: 0, missing: 0 };
  for (const [userId, member] of conversation.memberships) {
    if (userId === senderId || member.fromSeq > seq) continue;
    const stage = stageAt(member, seq);
    if (stage === ReceiptStage.READ) count.read += 1;
    else if (stage === ReceiptStage.DELIVERED) count.delivered += 1;
    else count.missing += 1;
  }
  return count;
}

/** Who of them is at a stage, ascending by id after `afterId`: `limit` of them, and one more if there is one. */
export function receiversAt(
  conversation: Conversation,
  {
    seq,
    senderId,
    stage,
    afterId,
    limit,
  }: {
    seq: number;
    senderId: UserId;
    stage: ReceiptStage;
    afterId: UserId;
    limit: number;
  },
): UserId[] {
  return [...conversation.memberships.values()]
    .filter((member) => member.userId > afterId && member.userId !== senderId && member.fromSeq <= seq)
    .filter((member) => stageAt(member, seq) === stage)
    .map(({ userId }) => userId)
    .sort()
    .slice(0, limit + 1);
}
