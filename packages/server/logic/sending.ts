import { type Conversation, checkSendMessage, messageHeader, peerIn } from '@hongyan/core';
import { EntryKind, type MessageSent, type SendMessage } from '@hongyan/protocol';
import { type AppendingParts, appendDecided } from './appending.ts';
import type { Caller } from './caller.ts';

/**
 * Appends a message and, once it is committed, pushes it to all members (LOG-1, LOG-2).
 * Rejects with ProtocolError, or StoreError when the store could not commit.
 */
export async function sendMessage(
  parts: AppendingParts,
  caller: Caller,
  conversation: Conversation,
  command: SendMessage,
): Promise<MessageSent> {
  checkSendMessage(command, parts.limits);
  const { clientMessageId, clientTimeMs, header } = command;
  // A piece of Node's pool: the store keeps it for moments, and memory of its own would cost more than the copy.
  const body = Buffer.from(command.body);
  const stated = { kind: EntryKind.MESSAGE, clientMessageId, clientTimeMs, header, body };
  const recipientId = peerIn(conversation, caller.userId);
  return appendDecided(parts, caller, conversation, stated, (actor) => ({
    header: messageHeader(conversation, actor, header),
    recipientId,
  }));
}
