import {
  type Actor,
  type Appended,
  type AppendRequest,
  applyChange,
  type Bus,
  type Clock,
  type Conversation,
  isMember,
  placedChange,
  readersOf,
  type Store,
  StoreError,
} from '@hongyan/core';
import {
  type Entry,
  type EntryHeader,
  EntryKind,
  ErrorCode,
  type Limits,
  type MessageSent,
  ProtocolError,
} from '@hongyan/protocol';
import type { SightChanged } from '@hongyan/protocol/cluster';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import type { Gate } from './gate.ts';
import { PAGE_BYTES_MAX } from './page.ts';
import { publishPush } from './push.ts';

/** Decisions made anew because the conversation had changed meanwhile; each time somebody else got on. */
const DECISIONS_MAX = 5;

export interface AppendingParts {
  store: Store;
  bus: Bus;
  clock: Clock;
  limits: Limits;
  conversations: Conversations;
  /** Bounds what is read at once. */
  reads: Gate;
  /** What may be seen of an account, or in a conversation, has changed. */
  onSightChanged: (changed: SightChanged) => void;
}

/** What the sender states of an entry. */
export type Stated = Pick<AppendRequest, 'kind' | 'clientMessageId' | 'clientTimeMs' | 'body' | 'header'>;
/** What is decided of it, by the conversation as it is. */
export type Decided = Pick<AppendRequest, 'header' | 'change' | 'recipientId'>;

/**
 * Appends what `decide` allows and, once it is committed, pushes it to all members (LOG-1, LOG-2). It is decided anew when the
 * facts it was decided by were not the newest, so that nobody writes by a membership that has ended. Rejects with what `decide`
 * throws, or StoreError when the store could not commit.
 */
export async function appendDecided(
  parts: AppendingParts,
  caller: Caller,
  conversation: Conversation,
  stated: Stated,
  decide: (actor: Actor) => Decided,
): Promise<MessageSent> {
  for (let decisions = 1; ; decisions++) {
    const { facts, members } = conversation;
    const nowMs = parts.clock.now();
    const decided = decide({ userId: caller.userId, nowMs });
    try {
      const appended = await parts.store.log.append({
        ...stated,
        ...decided,
        conversationId: conversation.id,
        members,
        senderId: caller.userId,
        serverTimeMs: nowMs,
        basisSeq: facts.seq,
      });
      const { conversationId, seq, serverTimeMs, duplicate } = appended;
      // An edit may have come behind the recall of its message, and then says nothing any more (MSG-2).
      const isRead = duplicate || stated.kind === EntryKind.EDIT;
      const stored = isRead
        ? await parts.reads.run(caller.userId, () => pushStored(parts, caller, conversation, appended))
        : undefined;
      if (!isRead) publish(parts, caller, conversation, { ...stated, ...decided }, appended);
      // Decided again of what is there already, it may say something else; of what was erased, nothing is left to tell by.
      const made = stored !== undefined && stored.body.length > 0 ? stored.header : decided.header;
      const header = isSameHeader(stated.header, made) ? undefined : made;
      return { conversationId, seq, serverTimeMs, header };
    } catch (error) {
      if (isRejected(error, 'not-accepted')) {
        throw new ProtocolError(ErrorCode.NOT_ACCEPTED, 'the other one does not take messages from this account');
      }
      if (!isRejected(error, 'conversation-changed')) throw error;
      if (decisions === DECISIONS_MAX) {
        throw new ProtocolError(ErrorCode.UNAVAILABLE, 'the conversation changes too fast', 1_000);
      }
    }
    await parts.reads.run(caller.userId, () => parts.conversations.refresh(conversation));
  }
}

const isRejected = (error: unknown, reason: string): boolean =>
  error instanceof StoreError && error.kind === 'rejected' && error.reason === reason;

function publish(
  { bus, onSightChanged }: AppendingParts,
  caller: Caller,
  conversation: Conversation,
  { kind, clientMessageId, clientTimeMs, body, header, change }: Stated & Decided,
  { conversationId, seq, serverTimeMs, joined }: Appended,
): void {
  const senderId = caller.userId;
  const entry = { conversationId, seq, kind, senderId, clientMessageId, clientTimeMs, serverTimeMs, body, header };
  const before = conversation.members;
  if (seq > conversation.lastSeq) conversation.lastSeq = seq;
  if (change !== undefined) {
    const { facts, members } = placedChange(change, seq);
    applyChange(conversation, facts, members);
  }
  for (const { userId, event } of joined) publishPush(bus, [userId], { case: 'userEvent', value: event }, '');
  publishPush(bus, conversation.members, { case: 'entry', value: entry }, caller.sessionId);
  if (conversation.members === before) return;
  // Who leaves by the entry still reads it.
  const left = before.filter((userId) => !isMember(conversation, userId));
  publishPush(bus, left, { case: 'entry', value: entry }, caller.sessionId);
  const relatedUserIds = [...joined.map(({ userId }) => userId), ...left];
  onSightChanged({ userId: senderId, records: [], relatedUserIds, conversationId });
}

/**
 * Pushes the entry as the log has it, and gives it. Of a duplicate the first attempt may have committed without anybody hearing of it (the
 * store failed after the commit); a device that has it drops it. By now there may be members who joined behind it.
 */
async function pushStored(
  { store, bus, conversations }: AppendingParts,
  caller: Caller,
  conversation: Conversation,
  { conversationId, seq }: Appended,
): Promise<Entry | undefined> {
  if (conversationId !== conversation.id) return undefined;
  if (seq > conversation.lastSeq) conversation.lastSeq = seq;
  const [entry] = await store.log.read({
    conversationId,
    afterSeq: seq - 1,
    beforeSeq: seq + 1,
    limit: 1,
    bytesMax: PAGE_BYTES_MAX,
    from: 'oldest',
  });
  if (entry === undefined) return undefined;
  if (entry.kind === EntryKind.CONVERSATION_CHANGED) await conversations.refresh(conversation);
  publishPush(bus, readersOf(conversation, entry.seq), { case: 'entry', value: entry }, caller.sessionId);
  return entry;
}

function isSameHeader(a: EntryHeader | undefined, b: EntryHeader | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.targetSeq === b.targetSeq &&
    a.mentionsAll === b.mentionsAll &&
    a.lifetimeMs === b.lifetimeMs &&
    a.livesFromRead === b.livesFromRead &&
    a.mentionedIds.join() === b.mentionedIds.join()
  );
}
