import type { ConversationId } from '@hongyan/protocol';
import { type IndexedMessage, termsOf } from '../../search/terms.ts';
import { integers, texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';
import { placeOf } from './place.ts';

/** Conversations that the caller holds, which have messages that are not in the index. */
export const addWaiting: Statement = {
  name: 'add_waiting',
  text: `INSERT INTO search_waiting (conversation_id, since_ms)
    SELECT * FROM unnest($1::text[], $2::bigint[]) AS w(conversation_id, since_ms)
    ORDER BY conversation_id COLLATE "C" ON CONFLICT DO NOTHING`,
};

const TERMS = `array_to_tsvector(string_to_array(k.terms, ' '))`;

export const addIndexed: Statement = {
  name: 'add_indexed',
  text: `INSERT INTO search_entries (conversation_id, seq, place, terms)
    SELECT k.conversation_id, k.seq, k.place, ${TERMS}
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[]) AS k(conversation_id, seq, place, terms)`,
};

/** Those that are in the index; the others will be taken into it as they read then. */
export const changeIndexed: Statement = {
  name: 'change_indexed',
  text: `UPDATE search_entries s SET terms = ${TERMS}
    FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[]) AS k(conversation_id, seq, place, terms)
    WHERE s.place = k.place AND s.conversation_id = k.conversation_id AND s.seq = k.seq`,
};

export const removeIndexed: Statement = {
  name: 'remove_indexed',
  text: `DELETE FROM search_entries s
    USING unnest($1::text[], $2::bigint[], $3::bigint[]) AS k(conversation_id, seq, place)
    WHERE s.place = k.place AND s.conversation_id = k.conversation_id AND s.seq = k.seq`,
};

interface Place {
  conversationId: ConversationId;
  seq: number;
}

const placesOf = (messages: readonly Place[]) =>
  [
    texts(messages.map(({ conversationId }) => conversationId)),
    integers(messages.map(({ seq }) => seq)),
    integers(messages.map(({ conversationId, seq }) => placeOf(conversationId, seq))),
  ] as const;

type Message = Place & IndexedMessage;
const termsOfEach = (messages: readonly Message[]) =>
  texts(messages.map((message) => termsOf(message.conversationId, message).join(' ')));

const unlessNone = <One>(messages: readonly One[], calls: () => Call[]): Call[] =>
  messages.length === 0 ? [] : calls();

export const addIndexedCalls = (messages: readonly Message[]): Call[] =>
  unlessNone(messages, () => [call(addIndexed, ...placesOf(messages), termsOfEach(messages))]);

export const changeIndexedCalls = (messages: readonly Message[]): Call[] =>
  unlessNone(messages, () => [call(changeIndexed, ...placesOf(messages), termsOfEach(messages))]);

export const removeIndexedCalls = (messages: readonly Place[]): Call[] =>
  unlessNone(messages, () => [call(removeIndexed, ...placesOf(messages))]);
