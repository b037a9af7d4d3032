import { type Conversation, countReceivers, policyOf, receiversAt, type Store } from '@hongyan/core';
import {
  type Entry,
  EntryKind,
  ErrorCode,
  type FetchReceiptCounts,
  type FetchReceivers,
  type Limits,
  ProtocolError,
  type ReceiptCounts,
  type Receivers,
  type UserId,
} from '@hongyan/protocol';
import { checkStillMember } from './members.ts';
import { PAGE_BYTES_MAX } from './page.ts';

const SEQS_MAX = 50;

/**
 * How many members have each of some messages, which the account has to be able to read (D1, RCP-9). Rejects with ProtocolError,
 * and with StoreError.
 */
export async function fetchReceiptCounts(
  store: Store,
  conversation: Conversation,
  viewerId: UserId,
  { conversationId, seqs }: FetchReceiptCounts,
): Promise<ReceiptCounts> {
  if (seqs.length > SEQS_MAX) throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `more than ${SEQS_MAX} messages`);
  checkTold(conversation);
  await checkStillMember(store.log, conversation.id, viewerId);
  const messages = await Promise.all(seqs.map((seq) => messageAt(store, conversation, viewerId, seq)));
  return { conversationId, counts: countReceivers(conversation, messages) };
}

/** A page of those who are at a stage with one message. Rejects as `fetchReceiptCounts` does. */
export async function fetchReceivers(
  store: Store,
  limits: Limits,
  conversation: Conversation,
  viewerId: UserId,
  { conversationId, seq, stage, after, limit: asked }: FetchReceivers,
): Promise<Receivers> {
  checkTold(conversation);
  await checkStillMember(store.log, conversation.id, viewerId);
  const { senderId } = await messageAt(store, conversation, viewerId, seq);
  const limit = Math.min(Math.max(asked, 1), limits.pageEntriesMax);
  const found = receiversAt(conversation, { seq, senderId, stage, afterId: after, limit });
  return { conversationId, seq, userIds: found.slice(0, limit), more: found.length > limit };
}

function checkTold({ facts }: Conversation): void {
  if (policyOf(facts).receiptsHidden)
    throw new ProtocolError(ErrorCode.FORBIDDEN, 'nobody is told here who has read what');
}

async function messageAt({ log }: Store, { id }: Conversation, viewerId: UserId, seq: number): Promise<Entry> {
  const query = { conversationId: id, afterSeq: seq - 1, beforeSeq: seq + 1, limit: 1, viewerId } as const;
  const [entry] = await log.read({ ...query, bytesMax: PAGE_BYTES_MAX, from: 'oldest' });
  if (entry?.kind === EntryKind.MESSAGE || isAnnouncing(entry)) return entry;
  throw new ProtocolError(ErrorCode.NOT_FOUND, 'there is no such message');
}

/** Who has read an announcement is asked of the entry that made it (E1). */
const isAnnouncing = (entry: Entry | undefined): entry is Entry => entry?.kind === EntryKind.CONVERSATION_CHANGED;
