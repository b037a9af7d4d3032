import {
  type ConversationId,
  type Cursor,
  DEFAULT_LIMITS,
  type Entry,
  EntryKind,
  type UserId,
} from '@hongyan/protocol';
import type { Settled } from './checker.ts';
import { clearedSeq } from './cleared.ts';
import { isMessage, isRecalled, mentions, saidAt } from './fold/message-fold.ts';
import { groupAfter, isGroup, membersOf, readableBy } from './fold/readable.ts';

const cursorOf = ({ cursors }: Settled, conversationId: ConversationId, userId: UserId): Cursor =>
  cursors.get(conversationId)?.find((cursor) => cursor.userId === userId) ?? { userId, deliveredSeq: 0, readSeq: 0 };

type ReadBounds = (userId: UserId, conversationId: ConversationId) => { readMin: number; readMax: number };

/**
 * At rest everybody's devices hold everything, and what was opened has arrived: the store's cursors cover all that others
 * wrote, as far as it was delivered and opened. Whether they go on over own entries that follow makes no difference.
 */
export function wrongCursors(settled: Settled, boundsOf: ReadBounds): string[] {
  const wrong: string[] = [];
  for (const conversationId of settled.logs.keys()) {
    for (const userId of membersOf(settled, conversationId)) {
      if (!settled.devices.some((device) => device.userId === userId)) continue;
      const log = readableBy(settled, conversationId, userId) ?? [];
      const end = log.at(-1)?.seq ?? 0;
      const { deliveredSeq, readSeq } = cursorOf(settled, conversationId, userId);
      const { readMin, readMax } = boundsOf(userId, conversationId);
      const lastByOthers = (toSeq: number, counts: (entry: Entry) => boolean = () => true) =>
        log.findLast((entry) => entry.senderId !== userId && entry.seq <= toSeq && counts(entry))?.seq ?? 0;
      // What counts as unread moves the position; what is between goes with it.
      const readLeast = lastByOthers(readMin, isMessage);
      const where = `the store's cursor of ${userId} in ${conversationId}`;
      if (deliveredSeq < lastByOthers(end) || deliveredSeq > end) {
        wrong.push(`${where} has delivered ${deliveredSeq} of ${end}`);
      }
      if (readSeq < readLeast || readSeq > readMax) {
        wrong.push(`${where} has read ${readSeq}, which is not in [${readLeast}, ${readMax}]`);
      }
    }
  }
  return wrong;
}

/** The state every device of a sender shows is the one that the cursors of the other members give. */
export function wrongStates(settled: Settled): string[] {
  const wrong: string[] = [];
  for (const [conversationId, log] of settled.logs) {
    const members = membersOf(settled, conversationId);
    // Where they are hidden, or were, it is not said what is shown (RCP-8).
    if (members.length < 2 || hidesReceipts(settled, conversationId)) continue;
    for (const device of settled.devices) {
      const { deviceId, userId, engine } = device;
      if (!members.includes(userId)) continue;
      const others = members
        .filter((member) => member !== userId)
        .map((member) => cursorOf(settled, conversationId, member));
      const peer = {
        readSeq: Math.min(...others.map(({ readSeq }) => readSeq)),
        deliveredSeq: Math.min(...others.map(({ deliveredSeq }) => deliveredSeq)),
      };
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

function hidesReceipts({ logs, founders }: Settled, conversationId: ConversationId): boolean {
  if (!isGroup(conversationId)) return false;
  const log = logs.get(conversationId) ?? [];
  return log.some(
    (_, at) => groupAfter(log.slice(0, at + 1), founders?.get(conversationId) ?? []).policy.receiptsHidden,
  );
}

const isErasedMessage = (entry: Entry): boolean => entry.kind === EntryKind.MESSAGE && !isMessage(entry);

/**
 * Unread is what others wrote after the own read position and was not erased; own messages never count, nor does what changes
 * others. Of these, mentions are those that name the account, or all (RCP-5).
 */
export function wrongUnread(settled: Settled): string[] {
  const wrong: string[] = [];
  for (const { deviceId, userId, engine } of settled.devices) {
    for (const conversation of engine.conversations()) {
      const { readSeq } = cursorOf(settled, conversation.id, userId);
      const log = readableBy(settled, conversation.id, userId) ?? [];
      const fromSeq = Math.max(readSeq, clearedSeq(engine, conversation.id));
      const unread = log.filter((entry) => isMessage(entry) && entry.senderId !== userId && entry.seq > fromSeq);
      const expected = unread.length;
      // What was counted and is not held may be over without the device knowing of its time; who left hears of no recall.
      const isFormer = (log.at(-1)?.seq ?? 0) < (settled.logs.get(conversation.id)?.length ?? 0);
      const firstHeld = isFormer ? Number.POSITIVE_INFINITY : (engine.position?.(conversation.id)?.fromSeq ?? 1);
      // When a message's time is over everybody sees by an own clock.
      const ending = unread.filter(({ header }) => (header?.lifetimeMs ?? 0) > 0).length;
      const ended = log.filter(
        (entry) => isErasedMessage(entry) && entry.seq > fromSeq && !isRecalled(log, entry),
      ).length;
      const unheld = log.filter(
        (entry) => isErasedMessage(entry) && entry.seq > fromSeq && entry.seq < firstHeld,
      ).length;
      const mentioning = unread.filter((entry) => mentions(saidAt(log, entry), userId)).length;
      if (
        conversation.mentionCount !== mentioning &&
        ending + ended + unheld === 0 &&
        expected <= DEFAULT_LIMITS.unreadCountMax
      ) {
        wrong.push(`${deviceId} shows ${conversation.mentionCount} mentions in ${conversation.id}, not ${mentioning}`);
      }
      // Beyond the limit the server stops counting, and devices with it; what is erased then is taken from what was counted.
      const erased = log.filter(isErasedMessage).length;
      const least = Math.min(expected, DEFAULT_LIMITS.unreadCountMax - erased);
      // It was noted how many were cleared; a device does not hear of all of them that were erased since (REC-8).
      const clearedErased = log.filter(
        (entry) => isErasedMessage(entry) && entry.seq > readSeq && entry.seq <= fromSeq && entry.seq < firstHeld,
      ).length;
      const range = { least: least - ending - clearedErased, most: expected + unheld + ended };
      if (conversation.unreadCount >= range.least && conversation.unreadCount <= range.most) continue;
      wrong.push(`${deviceId} shows ${conversation.unreadCount} unread in ${conversation.id}, not ${expected}`);
    }
  }
  return wrong;
}
