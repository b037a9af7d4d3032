import { amendingHeader, type Conversation, checkClientMessage, decideChange, isAmending, peerIn } from '@hongyan/core';
import {
  type ChangeConversation,
  type ConversationChange,
  decodeConversationChange,
  type Entry,
  EntryKind,
  ErrorCode,
  type MessageSent,
  ProtocolError,
} from '@hongyan/protocol';
import { checkAccountsExist, checkInvited } from './accounts.ts';
import { type AppendingParts, appendDecided } from './appending.ts';
import type { Caller } from './caller.ts';
import { PAGE_BYTES_MAX } from './page.ts';
import { viewerOf } from './viewer.ts';

type Change = NonNullable<ConversationChange['change']>;

/**
 * Appends an entry that changes a message or the conversation, if its sender may do that. Rejects with ProtocolError, or
 * StoreError when the store could not commit.
 */
export async function changeConversation(
  parts: AppendingParts,
  caller: Caller,
  conversation: Conversation,
  command: ChangeConversation,
): Promise<MessageSent> {
  checkClientMessage(command, parts.limits);
  const { kind, clientMessageId, clientTimeMs, header } = command;
  const stated = { kind, clientMessageId, clientTimeMs, header, body: Buffer.from(command.body) };
  if (isAmending(kind)) {
    const target = await readEntry(parts, caller, conversation, header?.targetSeq ?? 0);
    const recipientId = kind === EntryKind.RECALL ? undefined : peerIn(conversation, caller.userId);
    return appendDecided(parts, caller, conversation, stated, (actor) => ({
      recipientId,
      header: amendingHeader(conversation, actor, { kind, header, body: command.body }, target, parts.limits),
    }));
  }
  if (kind !== EntryKind.CONVERSATION_CHANGED) throw invalid('no kind of change');
  if (header !== undefined) throw invalid('a change of the conversation has no header');
  const change = changeIn(command.body);
  await checkWhatItNames(parts, caller, conversation, change);
  const recipientId = peerIn(conversation, caller.userId);
  return appendDecided(parts, caller, conversation, stated, (actor) => ({
    recipientId,
    change: decideChange(conversation, actor, change),
  }));
}

function changeIn(body: Uint8Array): Change {
  try {
    const { change } = decodeConversationChange(body);
    if (change !== undefined) return change;
  } catch {
    // Refused below.
  }
  throw invalid('the body is no ConversationChange of this version');
}

/** That there is what only the store knows of. */
async function checkWhatItNames(
  parts: AppendingParts,
  caller: Caller,
  conversation: Conversation,
  change: Change,
): Promise<void> {
  switch (change.case) {
    case 'membersAdded':
      await parts.reads.run(caller.userId, async () => {
        await checkAccountsExist(parts.store.accounts, change.value.userIds);
        await checkInvited(parts, caller.userId, change.value.userIds);
      });
      return;
    case 'pinnedSeq': {
      const entry = await readEntry(parts, caller, conversation, change.value);
      if (entry?.kind === EntryKind.MESSAGE && entry.body.length > 0) return;
      throw new ProtocolError(ErrorCode.NOT_FOUND, 'there is no such message');
    }
    default:
      return;
  }
}

/** One that the caller may read. */
async function readEntry(
  { store, reads }: AppendingParts,
  { userId }: Caller,
  { id }: Conversation,
  seq: number,
): Promise<Entry | undefined> {
  const [entry] = await reads.run(userId, () =>
    store.log.read({
      conversationId: id,
      afterSeq: seq - 1,
      beforeSeq: seq + 1,
      limit: 1,
      bytesMax: PAGE_BYTES_MAX,
      from: 'oldest',
      viewerId: viewerOf(userId),
    }),
  );
  return entry;
}

const invalid = (what: string) => new ProtocolError(ErrorCode.INVALID_ARGUMENT, what);
