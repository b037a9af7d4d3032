import { EntryKind, encodeEntryHeader } from '@hongyan/protocol';
import { erasedEditHeader } from '../../entry-effects.ts';
import { removeIndexedCalls } from '../search/index-writes.ts';
import { bodies } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';
import { endLifetimes } from './lifetime-writes.ts';
import { clearMentions } from './mention-writes.ts';
import { type MessagePlace, placesOf } from './message-place.ts';

/** Takes bodies and headers of messages, and of their EDITs, for which the header that stays is given. */
export const eraseMessages: Statement = {
  name: 'erase_messages',
  text: `WITH messages AS MATERIALIZED (
      SELECT k.* FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS k(conversation_id, seq, header)
      JOIN entries e ON e.conversation_id = k.conversation_id AND e.seq = k.seq WHERE e.kind = ${EntryKind.MESSAGE}
    ), erased AS MATERIALIZED (
      SELECT conversation_id, seq, ${EntryKind.MESSAGE} AS kind, NULL::bytea AS header FROM messages
      UNION ALL
      SELECT c.conversation_id, c.seq, c.kind, k.header
      FROM messages k JOIN message_changes c ON c.conversation_id = k.conversation_id AND c.target_seq = k.seq
      WHERE c.kind = ${EntryKind.EDIT}
    )
    UPDATE entries e SET body = '', header = k.header FROM erased k
    WHERE e.conversation_id = k.conversation_id AND e.seq = k.seq AND e.kind = k.kind`,
};

/**
 * Takes messages, their EDITs, whom they mention, what they are found by and what was to become of them; the caller holds
 * their conversations.
 */
export function eraseCalls(messages: readonly MessagePlace[]): Call[] {
  if (messages.length === 0) return [];
  const places = placesOf(messages);
  const headers = bodies(messages.map(({ seq }) => encodeEntryHeader(erasedEditHeader(seq))));
  return [
    call(eraseMessages, ...places, headers),
    call(clearMentions, ...places),
    call(endLifetimes, ...places),
    ...removeIndexedCalls(messages),
  ];
}
