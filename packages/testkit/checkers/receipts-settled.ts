import {
  type ConversationId,
  ConversationKind,
  type Cursor,
  DEFAULT_LIMITS,
  parseConversationId,
  type UserId,
} from '@hongyan/protocol';
import type { Settled } from './checker.ts';
import { clearedSeq } from './cleared.ts';

const cursorOf = ({ cursors }: Settled, conversationId: ConversationId, userId: UserId): Cursor =>
  cursors.get(conversationId)?.find((cursor) => cursor.userId === userId) ?? { userId, deliveredSeq: 0, readSeq: 0 };

type ReadBounds = (userId: UserId, conversationId: ConversationId) => { readMin: number; readMax: number };

/**
 * At rest everybody's devices hold everything, and what was opened has arrived: the store's cursors cover all that others
 * wrote, as far as it was delivered and opened. Whether they go on over own entries that follow makes no difference.
 */
export function wrongCursors(settled: Settled, boundsOf: ReadBounds): string[] {
  const wrong: string[] = [];
  for (const [conversationId, log] of settled.logs) {
    for (const userId of parseConversationId(conversationId)?.members ?? []) {
      if (!settled.devices.some((device) => device.userId === userId)) continue;
      const { deliveredSeq, readSeq } = cursorOf(settled, conversationId, userId);
      const { readMin, readMax } = boundsOf(userId, conversationId);
      const lastByOthers = (toSeq: number) =>
        log.findLast((entry) => entry.senderId !== userId && entry.seq <= toSeq)?.seq ?? 0;
      const where = `the store's cursor of ${userId} in ${conversationId}`;
      if (deliveredSeq < lastByOthers(log.length) || deliveredSeq > log.length) {
        wrong.push(`${where} has delivered ${deliveredSeq} of ${log.length}`);
      }
      if (readSeq < lastByOthers(readMin) || readSeq > readMax) {
        wrong.push(`${where} has read ${readSeq}, which is not in [${lastByOthers(readMin)}, ${readMax}]`);
      }
    }
  }
  return wrong;
}

/** The state every device of a sender shows is the one the other member's cursor gives. */
export function wrongStates(settled: Settled): string[] {
  const wrong: string[] = [];
  for (const [conversationId, log] of settled.logs) {
    const parsed = parseConversationId(conversationId);
    if (parsed?.kind !== ConversationKind.DIRECT) continue;
    for (const device of settled.devices) {
      const { deviceId, userId, engine } = device;
      const peerId = parsed.members.find((member) => member !== userId);
      if (peerId === undefined || !parsed.members.some((member) => member === userId)) continue;
      const peer = cursorOf(settled, conversationId, peerId);
      const firstHeld = device.held(conversationId)[0]?.seq ?? Number.POSITIVE_INFINITY;
      for (const { senderId, clientMessageId, seq } of log) {
        if (senderId !== userId || seq < firstHeld) continue;
        const expected = seq <= peer.readSeq ? 'read' : seq <= peer.deliveredSeq ? 'delivered' : 'sent';
        const state = engine.messageState({ conversationId, clientMessageId, seq })?.name;
        if (state !== expected) wrong.push(`${deviceId} shows ${conversationId}/${seq} as ${state}, not ${expected}`);
      }
    }
  }
  return wrong;
}

/** Unread is what others wrote after the own read position; own messages never count. */
export function wrongUnread(settled: Settled): string[] {
  const wrong: string[] = [];
  for (const { deviceId, userId, engine } of settled.devices) {
    for (const conversation of engine.conversations()) {
      const { readSeq } = cursorOf(settled, conversation.id, userId);
      const log = settled.logs.get(conversation.id) ?? [];
      const fromSeq = Math.max(readSeq, clearedSeq(engine, conversation.id));
      const expected = log.filter((entry) => entry.senderId !== userId && entry.seq > fromSeq).length;
      // Beyond the limit the server stops counting, and devices with it.
      const least = Math.min(expected, DEFAULT_LIMITS.unreadCountMax);
      if (conversation.unreadCount >= least && conversation.unreadCount <= expected) continue;
      wrong.push(`${deviceId} shows ${conversation.unreadCount} unread in ${conversation.id}, not ${expected}`);
    }
  }
  return wrong;
}
