import { directConversationId, type Entry, EntryKind, idFromBytes } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { ConversationLog } from './conversation-log.ts';
import { OwnTimes } from './own-times.ts';

const me = idFromBytes('u', new Uint8Array(16).fill(1));
const peer = idFromBytes('u', new Uint8Array(16).fill(2));
const conversationId = directConversationId(me, peer);

const entry = (seq: number, senderId: string, clientTimeMs: number): Entry => ({
  conversationId,
  seq,
  kind: EntryKind.MESSAGE,
  senderId,
  clientMessageId: `m${seq}`,
  clientTimeMs,
  serverTimeMs: 1_000 + seq,
  body: new Uint8Array(0),
});

test('[CON-7] after a restart a message is not earlier than one written before, though others wrote since', () => {
  const before = new ConversationLog(conversationId, me);
  before.offer(entry(1, me, 900_000), 999);
  before.offer(entry(2, peer, 2_000), 999);
  const log = new ConversationLog(conversationId, me, before.record());
  const known = { outbox: [], newest: log.newestEntry, keptMs: log.ownTimeMs, me };
  expect(new OwnTimes().next(conversationId, 3_000, known)).toBe(900_000);
});
