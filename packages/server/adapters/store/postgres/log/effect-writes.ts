import { type ConversationId, EntryKind, encodeEntryHeader } from '@hongyan/protocol';
import { erasedEditHeader } from '../../entry-effects.ts';
import { removeIndexedCalls } from '../search/index-writes.ts';
import { bodies, integers, texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';

/** A message by its place. */
export interface MessagePlace {
  conversationId: ConversationId;
  seq: number;
}

export const addChanges: Statement = {
  name: 'add_changes',
  text: `INSERT INTO message_changes (conversation_id, target_seq, seq, kind, sender_id, superseded)
    SELECT *, 0 FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])`,
};

/** Behind `add_changes`, each with the seq of the one that stands, and whose it takes the place of: a range of senders. */
export const supersedeChanges: Statement = {
  name: 'supersede_changes',
  text: `WITH superseded AS MATERIALIZED (
      SELECT found.* FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])
        AS k(conversation_id, target_seq, seq, kind, sender_from, sender_to)
      CROSS JOIN LATERAL (
        SELECT c.conversation_id, c.target_seq, c.seq FROM message_changes c
        WHERE c.conversation_id = k.conversation_id AND c.target_seq = k.target_seq AND c.kind = k.kind
          AND c.sender_id BETWEEN k.sender_from AND k.sender_to AND c.superseded = 0 AND c.seq < k.seq OFFSET 0
      ) AS found
    )
    UPDATE message_changes c SET superseded = 1 FROM superseded k
    WHERE c.conversation_id = k.conversation_id AND c.target_seq = k.target_seq AND c.seq = k.seq`,
};

/** Takes bodies and headers of messages, and of their EDITs, for which the header that stays is given. */
export const eraseMessages: Statement = {
  name: 'erase_messages',
  text: `WITH messages AS MATERIALIZED (
      SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS k(conversation_id, seq, header)
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

export const addLifetimes: Statement = {
  name: 'add_lifetimes',
  text: `INSERT INTO lifetimes (conversation_id, seq, sender_id, lifetime_ms, due_at_ms)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[])`,
};

/** Locked in their order first, as whoever moves cursors does. */
export const endLifetimes: Statement = {
  name: 'end_lifetimes',
  text: `DELETE FROM lifetimes l USING (
      SELECT l.conversation_id, l.seq FROM unnest($1::text[], $2::bigint[]) AS k(conversation_id, seq)
      JOIN lifetimes l ON l.conversation_id = k.conversation_id AND l.seq = k.seq
      ORDER BY l.conversation_id, l.seq FOR UPDATE OF l
    ) AS k WHERE l.conversation_id = k.conversation_id AND l.seq = k.seq`,
};

const placesOf = (messages: readonly MessagePlace[]) =>
  [texts(messages.map(({ conversationId }) => conversationId)), integers(messages.map(({ seq }) => seq))] as const;

/** Takes messages, their EDITs, whom they mention, what they are found by and what was to become of them; the caller holds their conversations. */
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

export const clearMentionsCalls = (messages: readonly MessagePlace[]): Call[] =>
  messages.length === 0 ? [] : [call(clearMentions, ...placesOf(messages))];
