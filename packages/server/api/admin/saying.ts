import {
  type ConversationId,
  type EntryHeader,
  type EntryKind,
  type MessageSent,
  parseConversationId,
  type UserId,
} from '@hongyan/protocol';
import { z } from 'zod';
import { accountRef, writerRef } from './account-refs.ts';
import { bodyOf, type Said } from './content-json.ts';
import { mentionsIn, withUserIds } from './mentions.ts';
import type { Speaker } from './speaker.ts';

/** A message has at most 64 KB; in JSON its characters may be escaped. */
export const SAYING_BYTES_MAX = 512 * 1024;
const TEXT_LENGTH_MAX = 65_536;

export const conversationId = z
  .string()
  .refine((text) => parseConversationId(text) !== undefined, 'must be a conversationId');

const content = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('text'), text: z.string().min(1).max(TEXT_LENGTH_MAX) }),
    z.object({ kind: z.literal('contact'), userId: accountRef }),
  ])
  .describe('Texts mention accounts as `<@u…>`, or `<@ext:…>` with what the app calls them, and everybody as `<@all>`');
/** What somebody says, in a message or by an edit of one. */
export const saying = z.object({
  senderId: writerRef,
  content,
  replyToSeq: z.int().min(0).default(0).describe('The message of the conversation that it answers'),
});
export type Saying = z.output<typeof saying>;

export const sentSchema = z
  .object({ conversationId: z.string(), seq: z.int(), serverTimeMs: z.int() })
  .meta({ id: 'MessageSent' });

export const shownSent = ({ conversationId, seq, serverTimeMs }: MessageSent): z.output<typeof sentSchema> => ({
  ...{ conversationId, seq, serverTimeMs },
});

export const NO_HEADER: EntryHeader = {
  ...{ targetSeq: 0, mentionedIds: [], mentionsAll: false, lifetimeMs: 0, livesFromRead: false },
};

/** With accounts by their ids, as devices know them. Rejects with the problem `not-found`, or StoreError. */
export async function resolvedSaying({ refs }: Speaker, { senderId, content, replyToSeq }: Saying) {
  const said = await resolvedContent();
  const mentions = mentionsIn(said.kind === 'text' ? said.text : '');
  return { senderId: await refs.find(senderId), body: bodyOf(said, replyToSeq), mentions };

  async function resolvedContent(): Promise<Said> {
    switch (content.kind) {
      case 'text':
        return { kind: 'text', text: await withUserIds(content.text, refs) };
      case 'contact': {
        const [userId] = await refs.findPresent(content.userId);
        return { kind: 'contact', userId };
      }
    }
  }
}

/** A change of a message. */
export interface Amendment {
  conversationId: ConversationId;
  seq: number;
  kind: typeof EntryKind.EDIT | typeof EntryKind.RECALL | typeof EntryKind.REACTION;
  body?: Uint8Array;
  mentions?: Pick<EntryHeader, 'mentionedIds' | 'mentionsAll'>;
  /** Under which it is asked for once. */
  key: string | undefined;
}

export async function amend(
  speaker: Speaker,
  senderId: UserId,
  { conversationId, seq, kind, body = new Uint8Array(), mentions, key }: Amendment,
): Promise<z.output<typeof sentSchema>> {
  const clientMessageId = speaker.messageId(key, 'amendment', kind, conversationId, seq);
  const header = { ...NO_HEADER, ...mentions, targetSeq: seq };
  const value = { conversationId, clientMessageId, clientTimeMs: speaker.clock.now(), kind, header, body };
  return shownSent(await speaker.append(senderId, { case: 'changeConversation', value }));
}
