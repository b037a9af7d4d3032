import { ConversationKind, EntryKind } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { ConversationLog } from './conversation-log.ts';
import { anna, ben, conversationId } from './testing/model-server.ts';

const UNREAD_MAX = 999;
const entry = (seq: number) => ({
  conversationId,
  seq,
  kind: EntryKind.MESSAGE,
  senderId: ben,
  clientMessageId: `m${seq}`,
  clientTimeMs: seq,
  serverTimeMs: seq,
  body: Uint8Array.of(1),
});
const page = Array.from({ length: 50 }, (_, index) => entry(1_051 + index));
/** What the server says that has been told of the read position or not. */
const state = (readSeq: number) => ({
  conversationId,
  kind: ConversationKind.DIRECT,
  lastSeq: 1_100,
  cursors: [{ userId: anna, deliveredSeq: 1, readSeq }],
  unreadCount: Math.min(1_100 - readSeq, UNREAD_MAX),
  mentionCount: 0,
});

/** Holds one message that the person has just read, and takes a page far ahead for its log. */
function behind(): ConversationLog {
  const log = new ConversationLog(conversationId, anna);
  log.offer(entry(1), UNREAD_MAX);
  log.moveCursor({ userId: anna, deliveredSeq: 1, readSeq: 1 });
  log.observe(state(0));
  expect(log.isFarBehind(page)).toBe(true);
  log.adopt(page, UNREAD_MAX);
  return log;
}

test('[RCP-5] what the server counted for another read position is counted again', () => {
  const log = behind();
  expect(log.unreadCount).toBeGreaterThanOrEqual(UNREAD_MAX);
  expect(log.missing).toBe('state');
  log.confirm(state(1));
  expect(log.unreadCount).toBe(UNREAD_MAX);
  expect(log.missing).toBe('nothing');
});

test('[RCP-5] that it has to be counted again is known after a restart, and until an answer fits', () => {
  const log = new ConversationLog(conversationId, anna, behind().record());
  expect(log.missing).toBe('state');
  log.confirm(state(0));
  expect(log.missing).toBe('state');
  log.confirm(state(1));
  expect(log.missing).toBe('nothing');
});

test('[RCP-5] older entries leave the count as it is where the store has more than was counted one by one', () => {
  const log = new ConversationLog(conversationId, anna);
  log.observe({ ...state(0), lastSeq: 57, unreadCount: 57 });
  log.adopt(
    Array.from({ length: 50 }, (_, index) => entry(8 + index)),
    UNREAD_MAX,
  );
  // Another tab had taken an older page, and the store has the union of both runs.
  const merged = new ConversationLog(conversationId, anna, { ...log.record(), fromSeq: 7 });
  merged.prepend([1, 2, 3, 4, 5, 6].map(entry));
  expect(merged.unreadCount).toBe(57);
});

test('[RCP-5] what lies between the log that was counted and the page is counted again', () => {
  const log = new ConversationLog(conversationId, anna);
  log.observe({ ...state(0), lastSeq: 1, unreadCount: 1 });
  log.adopt(page, UNREAD_MAX);
  expect(log.missing).toBe('state');
  log.confirm({ ...state(0), unreadCount: UNREAD_MAX });
  expect(log.unreadCount).toBe(UNREAD_MAX);
});

test('[RCP-5, SYN-3] entries that are missing come before the count, which needs all of them', () => {
  const log = behind();
  log.observe({ ...state(1), lastSeq: 1_103 });
  expect(log.missing).toBe('entries');
  for (const seq of [1_101, 1_102, 1_103]) log.offer(entry(seq), UNREAD_MAX);
  expect(log.missing).toBe('state');
  log.confirm({ ...state(1), lastSeq: 1_103 });
  expect(log.missing).toBe('nothing');
});

test('[REC-8, RCP-5] of what only the server counted, the cleared entries are left out', () => {
  const log = new ConversationLog(conversationId, anna);
  log.observe({ ...state(0), unreadCount: 60 });
  log.adopt(page, UNREAD_MAX);
  expect(log.unreadCount).toBe(60);
  expect(log.unreadAfter({ throughSeq: 7, readSeq: 0, unreadCount: 4 }).unread).toBe(56);
  expect(log.unreadAfter({ throughSeq: 7, readSeq: 2, unreadCount: 4 }).unread).toBe(60);
  expect(log.unreadAfter({ throughSeq: 1_100, readSeq: 0, unreadCount: 60 }).unread).toBe(0);
});
