import { EntryKind, encodeEntryHeader } from '@hongyan/protocol';
import { addWaiting } from '../search/index-writes.ts';
import { bodies, integers, texts } from '../wire/arrays.ts';
import { type Call, call, type Statement } from '../wire/statement.ts';
import type { Placement } from './placement.ts';

/** Fails with a conflict when another transaction was faster. */
export const beginConversations: Statement = {
  name: 'begin_conversations',
  text: `INSERT INTO conversations (conversation_id, last_seq, last_time_ms)
    SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS c(conversation_id, last_seq, last_time_ms)
    ORDER BY conversation_id COLLATE "C"`,
};

export const growConversations: Statement = {
  name: 'grow_conversations',
  text: `UPDATE conversations c SET last_seq = g.last_seq, last_time_ms = g.last_time_ms
    FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS g(conversation_id, last_seq, last_time_ms)
    WHERE c.conversation_id = g.conversation_id`,
};

const PLAIN = [
  ['conversation_id', 'text'],
  ['seq', 'bigint'],
  ['kind', 'bigint'],
  ['sender_id', 'text'],
  ['client_message_id', 'text'],
  ['client_time_ms', 'bigint'],
  ['server_time_ms', 'bigint'],
  ['body', 'bytea'],
] as const;

function write(name: string, columns: readonly (readonly [name: string, type: string])[]): Statement {
  const names = columns.map(([column]) => column).join(', ');
  return {
    name,
    text: `WITH placed AS MATERIALIZED (
        SELECT * FROM unnest(${columns.map(([, type], at) => `$${at + 1}::${type}[]`)}) AS p(${names})
      ), claimed AS (
        INSERT INTO sends (sender_id, client_message_id, conversation_id, seq, server_time_ms)
        SELECT sender_id, client_message_id, conversation_id, seq, server_time_ms FROM placed
        ORDER BY sender_id COLLATE "C", client_message_id COLLATE "C"
      )
      INSERT INTO entries (${names}) SELECT * FROM placed`,
  };
}

/** Most batches have no headers, and say nothing of them. */
export const writeEntries = write('write_entries', PLAIN);
export const writeHeadedEntries = write('write_headed_entries', [...PLAIN, ['header', 'bytea']]);

/** What a placement writes, and which of its calls answers where the user logs end. */
export function writesOf(placement: Placement): { calls: Call[]; eventsAt: number } {
  const { placed, effects, changes, events } = placement;
  if (placed.length === 0) return { calls: [], eventsAt: 0 };
  const calls = [
    ...endsOf(placement),
    ...changes.calls(),
    entriesOf(placement),
    ...effects.calls(),
    ...waitingOf(placement),
  ];
  return { calls: [...calls, ...events.calls()], eventsAt: calls.length };
}

/** What is to be indexed. */
function waitingOf({ placed }: Placement): Call[] {
  const messages = placed.filter(({ request }) => request.kind === EntryKind.MESSAGE);
  const since = new Map(messages.map(({ request }) => [request.conversationId, request.serverTimeMs]));
  return since.size === 0 ? [] : [call(addWaiting, texts([...since.keys()]), integers([...since.values()]))];
}

function endsOf({ ends }: Placement): Call[] {
  const written = (statement: Statement, isNew: boolean) => {
    const chosen = [...ends].filter(([, end]) => end.isNew === isNew);
    if (chosen.length === 0) return [];
    const seqs = integers(chosen.map(([, { seq }]) => seq));
    return [call(statement, texts(chosen.map(([id]) => id)), seqs, integers(chosen.map(([, { timeMs }]) => timeMs)))];
  };
  return [...written(beginConversations, true), ...written(growConversations, false)];
}

function entriesOf({ placed }: Placement): Call {
  const columns = [
    texts(placed.map(({ request }) => request.conversationId)),
    integers(placed.map(({ seq }) => seq)),
    integers(placed.map(({ request }) => request.kind)),
    texts(placed.map(({ request }) => request.senderId)),
    texts(placed.map(({ request }) => request.clientMessageId)),
    integers(placed.map(({ request }) => request.clientTimeMs)),
    integers(placed.map(({ request }) => request.serverTimeMs)),
    bodies(placed.map(({ body }) => body)),
  ];
  if (placed.every(({ header }) => header === undefined)) return call(writeEntries, ...columns);
  const headers = placed.map(({ header }) => header && encodeEntryHeader(header));
  return call(writeHeadedEntries, ...columns, bodies(headers));
}
