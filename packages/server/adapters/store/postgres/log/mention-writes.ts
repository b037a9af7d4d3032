import type { UserId } from '@hongyan/protocol';
import { texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';
import { type MessagePlace, placesOf } from './message-place.ts';

export const clearMentions: Statement = {
  name: 'clear_mentions',
  text: `DELETE FROM mentions m USING unnest($1::text[], $2::bigint[]) AS k(conversation_id, seq)
    WHERE m.conversation_id = k.conversation_id AND m.seq = k.seq`,
};

export const addMentions: Statement = {
  name: 'add_mentions',
  text: `INSERT INTO mentions (conversation_id, seq, user_id, sender_id)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[])`,
};

export const clearMentionsCalls = (messages: readonly MessagePlace[]): Call[] =>
  messages.length === 0 ? [] : [call(clearMentions, ...placesOf(messages))];

/** A message with whom it mentions. */
export interface Mentioning {
  message: MessagePlace & { senderId: UserId };
  userIds: readonly string[];
}

export function mentionCalls(mentioning: readonly Mentioning[]): Call[] {
  const mentions = mentioning.flatMap(({ message, userIds }) => userIds.map((userId) => ({ ...message, userId })));
  if (mentions.length === 0) return [];
  const userIds = texts(mentions.map(({ userId }) => userId));
  return [call(addMentions, ...placesOf(mentions), userIds, texts(mentions.map(({ senderId }) => senderId)))];
}
