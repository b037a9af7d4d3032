import { type Appended, type Bus, type Clock, type Conversation, checkSendMessage, type Store } from '@hongyan/core';
import { EntryKind, type Limits, type MessageSent, type SendMessage } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Gate } from './gate.ts';
import { PAGE_BYTES_MAX } from './page.ts';
import { publishPush } from './push.ts';

export interface SendingParts {
  store: Store;
  bus: Bus;
  clock: Clock;
  limits: Limits;
  /** Bounds what is read at once. */
  reads: Gate;
}

/**
 * Appends a message and, once it is committed, pushes it to all members (LOG-1, LOG-2).
 * Rejects with ProtocolError, or StoreError when the store could not commit.
 */
export async function sendMessage(
  parts: SendingParts,
  caller: Caller,
  conversation: Conversation,
  command: SendMessage,
): Promise<MessageSent> {
  const { store, bus, clock, limits } = parts;
  checkSendMessage(command, limits);
  // A piece of Node's pool: the store keeps it for moments, and memory of its own would cost more than the copy.
  const body = Buffer.from(command.body);
  const appended = await store.log.append({
    conversationId: conversation.id,
    members: conversation.members,
    kind: EntryKind.MESSAGE,
    senderId: caller.userId,
    clientMessageId: command.clientMessageId,
    clientTimeMs: command.clientTimeMs,
    serverTimeMs: clock.now(),
    body,
  });
  const { conversationId, seq, serverTimeMs } = appended;
  if (appended.duplicate) {
    await parts.reads.run(caller.userId, () => pushAgain(parts, caller, conversation, appended));
    return { conversationId, seq, serverTimeMs };
  }
  if (seq > conversation.lastSeq) conversation.lastSeq = seq;
  for (const { userId, event } of appended.joined) {
    publishPush(bus, [userId], { case: 'userEvent', value: event }, '');
  }
  const entry = {
    conversationId,
    seq,
    kind: EntryKind.MESSAGE,
    senderId: caller.userId,
    clientMessageId: command.clientMessageId,
    clientTimeMs: command.clientTimeMs,
    serverTimeMs,
    body,
  };
  publishPush(bus, conversation.members, { case: 'entry', value: entry }, caller.sessionId);
  return { conversationId, seq, serverTimeMs };
}

/**
 * The first attempt may have committed without anybody hearing of it (the store failed after the commit): pushes the
 * entry as the log has it, which a device that has it drops.
 */
async function pushAgain(
  { store, bus }: SendingParts,
  caller: Caller,
  conversation: Conversation,
  { conversationId, seq }: Appended,
): Promise<void> {
  if (conversationId !== conversation.id) return;
  if (seq > conversation.lastSeq) conversation.lastSeq = seq;
  const [entry] = await store.log.read({
    conversationId,
    afterSeq: seq - 1,
    beforeSeq: seq + 1,
    limit: 1,
    bytesMax: PAGE_BYTES_MAX,
    from: 'oldest',
  });
  if (entry === undefined) return;
  publishPush(bus, conversation.members, { case: 'entry', value: entry }, caller.sessionId);
}
