import type { ConversationId } from '@hongyan/protocol';
import { integers, texts } from '../wire/arrays.ts';

/** A message by its place. */
export interface MessagePlace {
  conversationId: ConversationId;
  seq: number;
}

export const keyOf = ({ conversationId, seq }: MessagePlace): string => `${conversationId}\n${seq}`;

export const placesOf = (messages: readonly MessagePlace[]): readonly [conversationIds: Buffer, seqs: Buffer] => [
  texts(messages.map(({ conversationId }) => conversationId)),
  integers(messages.map(({ seq }) => seq)),
];
