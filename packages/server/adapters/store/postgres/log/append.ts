import type { Appended, AppendRequest } from '@hongyan/core/ports';
import type { ConversationId } from '@hongyan/protocol';
import { texts } from '../wire/arrays.ts';
import { integer, text } from '../wire/columns.ts';
import type { Transaction } from '../wire/connection.ts';
import { call, type Row, type Statement } from '../wire/statement.ts';
import { writesOf } from './append-writes.ts';
import { UserEventBatch } from './user-logs.ts';

/** From here to the end of the transaction nobody else appends to these conversations, and who did before is seen. */
export const lockConversations: Statement = {
  name: 'lock_conversations',
  text: `SELECT c.conversation_id, c.last_seq FROM unnest($1::text[]) AS k(id)
    JOIN conversations c ON c.conversation_id = k.id
    ORDER BY c.conversation_id FOR NO KEY UPDATE OF c`,
};

export const findSends: Statement = {
  name: 'find_sends',
  text: `SELECT s.sender_id, s.client_message_id, s.conversation_id, s.seq, s.server_time_ms
    FROM unnest($1::text[], $2::text[]) AS k(sender_id, client_message_id)
    JOIN sends s ON s.sender_id = k.sender_id AND s.client_message_id = k.client_message_id`,
};

/** An entry that has its place. */
export interface Placed {
  request: AppendRequest;
  seq: number;
}

/** What a batch of appends comes to, before it is written. */
export interface Placement {
  placed: Placed[];
  /** Where each conversation ends afterwards. */
  ends: Map<ConversationId, { seq: number; timeMs: number }>;
  /** The conversations that begin here, each with its first entry. */
  begun: AppendRequest[];
  events: UserEventBatch;
  answers: Appended[];
}

/**
 * Gives entries their places, in the order of the requests. A repetition of what another transaction is writing waits at
 * the conversation's lock and then finds it; only one that names another conversation meets it as a conflict of keys.
 */
export function append(requests: readonly AppendRequest[]): Transaction<Appended[]> {
  const conversationIds = [...new Set(requests.map(({ conversationId }) => conversationId))];
  return {
    look: [
      call(lockConversations, texts(conversationIds)),
      call(
        findSends,
        texts(requests.map(({ senderId }) => senderId)),
        texts(requests.map(({ clientMessageId }) => clientMessageId)),
      ),
    ],
    decide([conversations = [], sends = []]) {
      const placement = place(requests, conversations, sends);
      const { calls, eventsAt } = writesOf(placement);
      return {
        writes: calls,
        answer(written) {
          placement.events.place(written[eventsAt] ?? []);
          return placement.answers;
        },
      };
    },
  };
}

function place(requests: readonly AppendRequest[], conversations: readonly Row[], sends: readonly Row[]): Placement {
  const lastSeqs = new Map(conversations.map((row) => [text(row, 0), integer(row, 1)]));
  const known = new Map(sends.map((row) => [keyOf(text(row, 0), text(row, 1)), firstAnswer(row)]));
  const placement: Placement = { placed: [], ends: new Map(), begun: [], events: new UserEventBatch(), answers: [] };
  for (const request of requests) {
    const { conversationId, senderId, clientMessageId, serverTimeMs } = request;
    const key = keyOf(senderId, clientMessageId);
    const first = known.get(key);
    if (first !== undefined) {
      placement.answers.push({ ...first, duplicate: true, joined: [] });
      continue;
    }
    const seq = (lastSeqs.get(conversationId) ?? 0) + 1;
    const joined = seq === 1 ? begin(request, placement) : [];
    const answer: Appended = { conversationId, seq, serverTimeMs, duplicate: false, joined };
    lastSeqs.set(conversationId, seq);
    known.set(key, answer);
    placement.placed.push({ request, seq });
    placement.ends.set(conversationId, { seq, timeMs: serverTimeMs });
    placement.answers.push(answer);
  }
  return placement;
}

function begin(request: AppendRequest, { begun, events }: Placement): Appended['joined'] {
  const { conversationId, members, serverTimeMs } = request;
  begun.push(request);
  return [...new Set(members)].map((userId) => ({
    userId,
    event: events.add(userId, serverTimeMs, { case: 'conversationJoined', value: { conversationId } }),
  }));
}

const keyOf = (senderId: string, clientMessageId: string): string => `${senderId}\n${clientMessageId}`;

const firstAnswer = (row: Row): Appended => ({
  conversationId: text(row, 2),
  seq: integer(row, 3),
  serverTimeMs: integer(row, 4),
  duplicate: true,
  joined: [],
});
