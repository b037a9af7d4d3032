import { decodeReaction, type Entry, EntryKind, type UserId } from '@hongyan/protocol';
import type { Message, MessageContent, MessageState, Quote, ReactionCount } from '../types.ts';
import type { Change } from './changes.ts';
import { contentOf, readContent } from './content.ts';
import { isErased, mentions } from './entries.ts';
import type { OutboxItem } from './outbox.ts';
import { shownState } from './outbox-states.ts';

/** How far all the other members are; undefined when there are none. */
export type OthersProgress = { deliveredSeq: number; readSeq: number } | undefined;

/** What a message is shown with beside its entry. */
export interface MessageContext {
  me: UserId;
  others: OthersProgress;
  change?: Change | undefined;
  /** Changes of it that were made here and are on their way, in the order of writing. */
  pending?: readonly OutboxItem[];
  quote?: Quote | undefined;
  dueMs?: number | undefined;
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

export function messageFromEntry(entry: Entry, context: MessageContext): Message {
  const { me, others } = context;
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
    state: mine ? receiptState(entry.seq, others) : RECEIVED,
    ...said(entry, context),
    expiresAtMs: context.dueMs ?? dueMs(entry),
  };
}

export function messageFromOutbox({ record, progress }: OutboxItem, context: MessageContext): Message {
  const accepted = progress.name === 'accepted' ? progress : undefined;
  return {
    id: record.clientMessageId,
    conversationId: record.conversationId,
    seq: accepted?.seq,
    senderId: context.me,
    mine: true,
    clientTimeMs: record.clientTimeMs,
    serverTimeMs: accepted?.serverTimeMs,
    timeMs: accepted?.serverTimeMs ?? record.clientTimeMs,
    state: shownState(progress),
    ...said({ kind: EntryKind.MESSAGE, ...record }, context),
    expiresAtMs: undefined,
  };
}

/** MSG-22: what the message says now, its changes included. */
function said(entry: Pick<Entry, 'kind' | 'body' | 'header'>, { me, change, pending = [], quote }: MessageContext) {
  const underWay = pending.filter(({ progress }) => progress.name !== 'failed').map(({ record }) => record);
  const recall = underWay.find(({ kind }) => kind === EntryKind.RECALL);
  const erased = isErased(entry) || change?.recall !== undefined || recall !== undefined;
  const edit = underWay.findLast(({ kind }) => kind === EntryKind.EDIT) ?? change?.edit;
  const current = edit ?? entry;
  const source = erased || edit?.body.length === 0 ? undefined : current;
  const gone: MessageContent = { kind: 'erased', recalledBy: change?.recall?.senderId ?? (recall && me) };
  const content = source && entry.kind === EntryKind.MESSAGE ? readContent(source.body) : undefined;
  return {
    content: source ? contentOf({ kind: entry.kind, body: source.body }) : gone,
    erased: source === undefined,
    replyTo: content?.replyToSeq ? (quote ?? { seq: content.replyToSeq, message: 'unknown' as const }) : undefined,
    originId: content?.origin?.senderId,
    reactions: source ? reactionsOf(change, underWay, me) : [],
    editedAtMs: source && edit ? (change?.edit?.serverTimeMs ?? edit.clientTimeMs) : undefined,
    changing: underWay.length > 0,
    mentionsMe: source !== undefined && mentions(source.header, me),
    livesFromRead: entry.header?.livesFromRead ?? false,
  };
}

function reactionsOf(
  change: Change | undefined,
  underWay: readonly OutboxItem['record'][],
  me: UserId,
): ReactionCount[] {
  const bodies = new Map(
    [...(change?.reactions ?? [])].sort(([, a], [, b]) => a.seq - b.seq).map(([userId, { body }]) => [userId, body]),
  );
  const mine = underWay.findLast(({ kind }) => kind === EntryKind.REACTION);
  if (mine) bodies.set(me, mine.body);
  const userIds = new Map<string, UserId[]>();
  for (const [userId, body] of bodies) {
    for (const emoji of emojiIn(body)) userIds.set(emoji, [...(userIds.get(emoji) ?? []), userId]);
  }
  return [...userIds].map(([emoji, by]) => ({ emoji, userIds: by, mine: by.includes(me) }));
}

function emojiIn(body: Uint8Array): Iterable<string> {
  try {
    return new Set(decodeReaction(body).emoji);
  } catch {
    return [];
  }
}

const dueMs = ({ header, serverTimeMs, body }: Entry): number | undefined =>
  header?.lifetimeMs && !header.livesFromRead && body.length > 0 ? serverTimeMs + header.lifetimeMs : undefined;
