import { decodeContent, type Entry, EntryKind, type UserId } from '@hongyan/protocol';
import type { Message, MessageContent, MessageState } from '../types.ts';
import type { OutboxItem } from './outbox.ts';
import { shownState } from './outbox-states.ts';
import { withAscendingTimes } from './shown-times.ts';

/** How far all the other members are; undefined when there are none. */
export type OthersProgress = { deliveredSeq: number; readSeq: number } | undefined;

export function contentOf(kind: EntryKind, body: Uint8Array): MessageContent {
  if (kind !== EntryKind.MESSAGE) return { kind: 'unknown' };
  try {
    const content = decodeContent(body);
    return content.kind?.case === 'text' ? { kind: 'text', text: content.kind.value.text } : { kind: 'unknown' };
  } catch {
    return { kind: 'unknown' };
  }
}

const RECEIVED: MessageState = { name: 'received' };
const SENT: MessageState = { name: 'sent' };
const DELIVERED: MessageState = { name: 'delivered' };
const READ: MessageState = { name: 'read' };

/** P5: what the others' cursors say of one's own message at `seq`. */
export function receiptState(seq: number, others: OthersProgress): MessageState {
  if (others && others.readSeq >= seq) return READ;
  return others && others.deliveredSeq >= seq ? DELIVERED : SENT;
}

export function messageFromEntry(entry: Entry, me: UserId, others: OthersProgress): Message {
  const mine = entry.senderId === me;
  return {
    id: entry.clientMessageId,
    conversationId: entry.conversationId,
    seq: entry.seq,
    senderId: entry.senderId,
    mine,
    clientTimeMs: entry.clientTimeMs,
    serverTimeMs: entry.serverTimeMs,
    timeMs: entry.serverTimeMs,
    content: contentOf(entry.kind, entry.body),
    state: mine ? receiptState(entry.seq, others) : RECEIVED,
  };
}

export function messageFromOutbox({ record, progress }: OutboxItem, me: UserId): Message {
  const accepted = progress.name === 'accepted' ? progress : undefined;
  return {
    id: record.clientMessageId,
    conversationId: record.conversationId,
    seq: accepted?.seq,
    senderId: me,
    mine: true,
    clientTimeMs: record.clientTimeMs,
    serverTimeMs: accepted?.serverTimeMs,
    timeMs: accepted?.serverTimeMs ?? record.clientTimeMs,
    content: contentOf(EntryKind.MESSAGE, record.body),
    state: shownState(progress),
  };
}

const sameState = (a: MessageState, b: MessageState) =>
  a.name === b.name && (a.name !== 'failed' || b.name !== 'failed' || a.reason === b.reason);

/** Behind the last message that was there at `timeMs`. */
const placeByTime = (messages: readonly Message[], timeMs: number): number =>
  messages.findLastIndex((message) => message.timeMs <= timeMs) + 1;

/**
 * The log, which comes in the order of display, and then the outbox, except that a message which failed stays where it was written.
 * Messages that look as they did in `previous` keep their identity.
 */
export function buildTimeline(
  parts: { shown: readonly Entry[]; outbox: readonly OutboxItem[]; me: UserId; others: OthersProgress },
  previous: readonly Message[],
): Message[] {
  const { shown, outbox, me, others } = parts;
  const inLog = new Map<number, Message>();
  const onTheWay = new Map<string, Message>();
  for (const message of previous) {
    if (message.seq === undefined) onTheWay.set(message.id, message);
    else inLog.set(message.seq, message);
  }
  const messages = shown.map((entry) => {
    const known = inLog.get(entry.seq);
    // A message that was tried again says another time than the entry of its first try.
    const isSame = known?.id === entry.clientMessageId && known.clientTimeMs === entry.clientTimeMs;
    if (!known || !isSame) return messageFromEntry(entry, me, others);
    const state = known.mine ? receiptState(entry.seq, others) : known.state;
    return sameState(known.state, state) ? known : { ...known, state };
  });
  for (const item of outbox) {
    const known = onTheWay.get(item.record.clientMessageId);
    const same = known && item.progress.name !== 'accepted' && sameState(known.state, shownState(item.progress));
    const message = same ? known : messageFromOutbox(item, me);
    if (item.progress.name === 'failed') messages.splice(placeByTime(messages, message.clientTimeMs), 0, message);
    else messages.push(message);
  }
  return withAscendingTimes(messages);
}
