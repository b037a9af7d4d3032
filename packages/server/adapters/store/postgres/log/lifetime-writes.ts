import type { UserId } from '@hongyan/protocol';
import { integers, texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';
import { type MessagePlace, placesOf } from './message-place.ts';

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

/** The lifetimes that count from reading do so from when somebody else passed the message, the first one to do so. */
export const startLifetimes: Statement = {
  name: 'start_lifetimes',
  text: `WITH passed AS MATERIALIZED (
      SELECT DISTINCT ON (l.conversation_id, l.seq) l.conversation_id, l.seq, r.time_ms
      FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[])
        WITH ORDINALITY AS r(conversation_id, user_id, after_seq, read_seq, time_ms, place)
      JOIN lifetimes l ON l.conversation_id = r.conversation_id AND l.seq > r.after_seq AND l.seq <= r.read_seq
      WHERE l.due_at_ms = 0 AND l.sender_id <> r.user_id ORDER BY l.conversation_id, l.seq, r.place
    ), locked AS MATERIALIZED (
      SELECT l.conversation_id, l.seq, p.time_ms + l.lifetime_ms AS due_at_ms
      FROM passed p JOIN lifetimes l ON l.conversation_id = p.conversation_id AND l.seq = p.seq
      ORDER BY l.conversation_id, l.seq FOR UPDATE OF l
    )
    UPDATE lifetimes l SET due_at_ms = k.due_at_ms FROM locked k
    WHERE l.conversation_id = k.conversation_id AND l.seq = k.seq AND l.due_at_ms = 0`,
};

/** A message that ends; `dueAtMs` is 0 as long as its time does not count yet. */
export interface Lifetime {
  message: MessagePlace & { senderId: UserId };
  lifetimeMs: number;
  dueAtMs: number;
}

export function lifetimeCalls(lifetimes: readonly Lifetime[]): Call[] {
  if (lifetimes.length === 0) return [];
  return [
    call(
      addLifetimes,
      ...placesOf(lifetimes.map(({ message }) => message)),
      texts(lifetimes.map(({ message }) => message.senderId)),
      integers(lifetimes.map(({ lifetimeMs }) => lifetimeMs)),
      integers(lifetimes.map(({ dueAtMs }) => dueAtMs)),
    ),
  ];
}

/** The read position of an account that has moved on. */
export interface Read {
  conversationId: string;
  userId: UserId;
  afterSeq: number;
  readSeq: number;
  timeMs: number;
}

export function startCalls(reads: readonly Read[]): Call[] {
  if (reads.length === 0) return [];
  return [
    call(
      startLifetimes,
      texts(reads.map(({ conversationId }) => conversationId)),
      texts(reads.map(({ userId }) => userId)),
      integers(reads.map(({ afterSeq }) => afterSeq)),
      integers(reads.map(({ readSeq }) => readSeq)),
      integers(reads.map(({ timeMs }) => timeMs)),
    ),
  ];
}
