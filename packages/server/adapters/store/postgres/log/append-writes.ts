import { bodies, integers, texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';
import type { Placement } from './append.ts';

/** Fails with a conflict when another transaction was faster. */
export const beginConversations: Statement = {
  name: 'begin_conversations',
  text: `INSERT INTO conversations (conversation_id, last_seq, last_time_ms, member_count)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[])
      AS c(conversation_id, last_seq, last_time_ms, member_count)
    ORDER BY conversation_id COLLATE "C"`,
};

export const growConversations: Statement = {
  name: 'grow_conversations',
  text: `UPDATE conversations c SET last_seq = g.last_seq, last_time_ms = g.last_time_ms
    FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS g(conversation_id, last_seq, last_time_ms)
    WHERE c.conversation_id = g.conversation_id`,
};

export const writeEntries: Statement = {
  name: 'write_entries',
  text: `WITH placed AS MATERIALIZED (
      SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], $8::bytea[])
        AS p(conversation_id, seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body)
    ), claimed AS (
      INSERT INTO sends (sender_id, client_message_id, conversation_id, seq, server_time_ms)
      SELECT sender_id, client_message_id, conversation_id, seq, server_time_ms FROM placed
      ORDER BY sender_id COLLATE "C", client_message_id COLLATE "C"
    )
    INSERT INTO entries (conversation_id, seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body)
    SELECT * FROM placed`,
};

export const addMembers: Statement = {
  name: 'add_members',
  text: `INSERT INTO members (conversation_id, user_id) SELECT * FROM unnest($1::text[], $2::text[])`,
};

export const addMemberships: Statement = {
  name: 'add_memberships',
  text: `INSERT INTO memberships (user_id, conversation_id) SELECT * FROM unnest($1::text[], $2::text[])`,
};

/** What a placement writes, and which of its calls answers where the user logs end. */
export function writesOf(placement: Placement): { calls: Call[]; eventsAt: number } {
  if (placement.placed.length === 0) return { calls: [], eventsAt: 0 };
  const calls = [...endsOf(placement), entriesOf(placement), ...membersOf(placement)];
  return { calls: [...calls, ...placement.events.calls()], eventsAt: calls.length };
}

function endsOf({ ends, begun }: Placement): Call[] {
  const memberCounts = new Map(begun.map(({ conversationId, members }) => [conversationId, new Set(members).size]));
  const columns = (chosen: [string, { seq: number; timeMs: number }][]) => [
    texts(chosen.map(([id]) => id)),
    integers(chosen.map(([, { seq }]) => seq)),
    integers(chosen.map(([, { timeMs }]) => timeMs)),
  ];
  const [fresh, grown] = [true, false].map((wanted) => [...ends].filter(([id]) => memberCounts.has(id) === wanted));
  return [
    ...(fresh?.length
      ? [call(beginConversations, ...columns(fresh), integers(fresh.map(([id]) => memberCounts.get(id) ?? 0)))]
      : []),
    ...(grown?.length ? [call(growConversations, ...columns(grown))] : []),
  ];
}

function entriesOf({ placed }: Placement): Call {
  return call(
    writeEntries,
    texts(placed.map(({ request }) => request.conversationId)),
    integers(placed.map(({ seq }) => seq)),
    integers(placed.map(({ request }) => request.kind)),
    texts(placed.map(({ request }) => request.senderId)),
    texts(placed.map(({ request }) => request.clientMessageId)),
    integers(placed.map(({ request }) => request.clientTimeMs)),
    integers(placed.map(({ request }) => request.serverTimeMs)),
    bodies(placed.map(({ request }) => request.body)),
  );
}

function membersOf({ begun }: Placement): Call[] {
  const pairs = begun.flatMap(({ conversationId, members }) =>
    [...new Set(members)].map((userId) => ({ conversationId, userId })),
  );
  if (pairs.length === 0) return [];
  const conversationIds = texts(pairs.map(({ conversationId }) => conversationId));
  const userIds = texts(pairs.map(({ userId }) => userId));
  return [call(addMembers, conversationIds, userIds), call(addMemberships, userIds, conversationIds)];
}
