import { type ConversationChange, EntryKind, encodeConversationChange, NO_HEADER } from '@hongyan/protocol';
import type { Account } from './accounts.ts';
import type { Telling } from './story-clock.ts';

export interface Amendment {
  conversationId: string;
  kind: EntryKind;
  targetSeq: number;
  body: Uint8Array;
  mentions?: { mentionedIds: string[]; mentionsAll: boolean };
}

let named = 0;
/** The sender's name for what is written, which the world's store has not seen. */
export const nextMessageId = (): string => `demo-${++named}`;

/** Changes a message. */
export async function amend({ writer, clock }: Telling, who: Account, amendment: Amendment): Promise<void> {
  const { conversationId, kind, targetSeq, body, mentions } = amendment;
  const header = { ...NO_HEADER, ...mentions, targetSeq };
  const named = { conversationId, clientMessageId: nextMessageId(), clientTimeMs: clock.now() };
  await writer.ask(who, { case: 'changeConversation', value: { ...named, kind, header, body } });
}

/** Changes what a conversation is. */
export async function change(
  { writer, clock }: Telling,
  who: Account,
  conversationId: string,
  what: NonNullable<ConversationChange['change']>,
): Promise<void> {
  const named = { conversationId, clientMessageId: nextMessageId(), clientTimeMs: clock.now(), header: undefined };
  const body = encodeConversationChange({ change: what });
  const kind = EntryKind.CONVERSATION_CHANGED;
  await writer.ask(who, { case: 'changeConversation', value: { ...named, kind, body } });
}
