import { type Content, type EntryHeader, encodeContent, mentionsIn, NO_HEADER } from '@hongyan/protocol';
import type { Lifetime, Message, MessageContent, Outgoing } from '../types.ts';

const NOT_FORWARDED = ['created', 'change', 'erased', 'unknown'];

/** Whether a message says something that can be said again. */
export const isForwardable = ({ content }: Message): boolean => !NOT_FORWARDED.includes(content.kind);

/** The body of a message that says this. */
export function bodyOf(content: MessageContent | Outgoing, said: Pick<Content, 'replyToSeq' | 'origin'>): Uint8Array {
  return encodeContent({ kind: kindOf(content), ...said });
}

function kindOf(content: MessageContent | Outgoing): Content['kind'] {
  switch (content.kind) {
    case 'text':
      return { case: 'text', value: { text: content.text, preview: content.preview } };
    case 'contact':
      return { case: 'contact', value: { userId: content.userId } };
    case 'bundle': {
      const messages = content.messages.map((message) => ({
        ...message,
        content: bodyOf(message.content, { replyToSeq: 0 }),
      }));
      return { case: 'bundle', value: { title: content.title, messages } };
    }
    default:
      return undefined;
  }
}

/** What the server has to know of it; undefined: nothing. */
export function headerOf(content: Outgoing, lifetime: Lifetime | undefined): EntryHeader | undefined {
  const mentions = content.kind === 'text' ? mentionsIn(content.text) : NO_HEADER;
  if (!lifetime && !mentions.mentionsAll && mentions.mentionedIds.length === 0) return undefined;
  const { mentionedIds, mentionsAll } = mentions;
  const [lifetimeMs, livesFromRead] = [lifetime?.ms ?? 0, lifetime?.from === 'read'];
  return { ...NO_HEADER, mentionedIds, mentionsAll, lifetimeMs, livesFromRead };
}
