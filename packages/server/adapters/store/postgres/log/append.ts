import { type Appended, type AppendRequest, StoreError } from '@hongyan/core/ports';
import type { Outcome } from '../lanes/carry-out.ts';
import { texts } from '../wire/arrays.ts';
import { integer, text } from '../wire/columns.ts';
import type { Transaction } from '../wire/connection.ts';
import { type Call, call, type Row, type Statement } from '../wire/statement.ts';
import { Acceptance, lookForAcceptance } from './acceptance.ts';
import { writesOf } from './append-writes.ts';
import { EntryEffects, lookForTargets } from './entry-effects.ts';
import { lookForMembers, MemberChanges } from './member-changes.ts';
import type { Placement } from './placement.ts';
import { UserEventBatch } from './user-logs.ts';

/** From here to the end of the transaction nobody else appends to these conversations, and who did before is seen. */
export const lockConversations: Statement = {
  name: 'lock_conversations',
  text: `SELECT c.conversation_id, c.last_seq, c.facts_seq FROM unnest($1::text[]) AS k(id)
    JOIN conversations c ON c.conversation_id = k.id
    ORDER BY c.conversation_id FOR NO KEY UPDATE OF c`,
};

export const findSends: Statement = {
  name: 'find_sends',
  text: `SELECT s.sender_id, s.client_message_id, s.conversation_id, s.seq, s.server_time_ms
    FROM unnest($1::text[], $2::text[]) AS k(sender_id, client_message_id)
    JOIN sends s ON s.sender_id = k.sender_id AND s.client_message_id = k.client_message_id`,
};

/**
 * Gives entries their places, in the order of the requests. A repetition of what another transaction is writing waits at
 * the conversation's lock and then finds it; only one that names another conversation meets it as a conflict of keys.
 */
export function append(requests: readonly AppendRequest[]): Transaction<Outcome<Appended>[]> {
  const conversationIds = [...new Set(requests.map(({ conversationId }) => conversationId))];
  const targets = lookForTargets(requests);
  const members = lookForMembers(requests);
  const acceptances = lookForAcceptance(requests);
  return {
    look: [
      call(lockConversations, texts(conversationIds)),
      call(
        findSends,
        texts(requests.map(({ senderId }) => senderId)),
        texts(requests.map(({ clientMessageId }) => clientMessageId)),
      ),
      ...targets,
      ...members,
      ...acceptances,
    ],
    decide([conversations = [], sends = [], ...looked]) {
      const effects = new EntryEffects(rowsOf(targets, looked, 0), targets.length > 0);
      const changes = new MemberChanges(rowsOf(members, looked, targets.length));
      const acceptance = new Acceptance(rowsOf(acceptances, looked, targets.length + members.length));
      const placement = place(requests, { conversations, sends }, { effects, changes }, acceptance);
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

/** What a look that may have been spared has found. */
const rowsOf = (calls: readonly Call[], looked: readonly Row[][], at: number): readonly Row[] =>
  calls.length === 0 ? [] : (looked[at] ?? []);

function place(
  requests: readonly AppendRequest[],
  { conversations, sends }: Record<'conversations' | 'sends', readonly Row[]>,
  { effects, changes }: Pick<Placement, 'effects' | 'changes'>,
  acceptance: Acceptance,
): Placement {
  const ends = new Map(conversations.map((row) => [text(row, 0), { seq: integer(row, 1), factsSeq: integer(row, 2) }]));
  const known = new Map(sends.map((row) => [keyOf(text(row, 0), text(row, 1)), sentOf(row)]));
  const events = new UserEventBatch();
  const placement: Placement = { placed: [], ends: new Map(), effects, changes, events, answers: [] };
  for (const request of requests) {
    const { conversationId, senderId, clientMessageId, serverTimeMs, basisSeq, change } = request;
    const key = keyOf(senderId, clientMessageId);
    const first = known.get(key);
    if (first !== undefined) {
      placement.answers.push({ ok: true, value: { ...first, duplicate: true, joined: [] } });
      continue;
    }
    const end = ends.get(conversationId) ?? { seq: 0, factsSeq: 0 };
    if (basisSeq !== undefined && basisSeq !== end.factsSeq) {
      placement.answers.push(refused('conversation-changed'));
      continue;
    }
    if (!acceptance.has(request)) {
      placement.answers.push(refused('not-accepted'));
      continue;
    }
    const seq = end.seq + 1;
    ends.set(conversationId, { seq, factsSeq: change === undefined ? end.factsSeq : seq });
    const joined = seq === 1 || change !== undefined ? changes.take(request, seq, events) : [];
    const answer: Appended = { conversationId, seq, serverTimeMs, duplicate: false, joined };
    known.set(key, answer);
    placement.placed.push(effects.take(request, seq));
    const isNew = seq === 1 || placement.ends.get(conversationId)?.isNew === true;
    placement.ends.set(conversationId, { seq, timeMs: serverTimeMs, isNew });
    placement.answers.push({ ok: true, value: answer });
  }
  return placement;
}

const refused = (reason: string): Outcome<never> => ({ ok: false, error: new StoreError('rejected', reason) });

const keyOf = (senderId: string, clientMessageId: string): string => `${senderId}\n${clientMessageId}`;

/** From a row of `findSends`. */
export const sentOf = (row: Row): Appended => ({
  conversationId: text(row, 2),
  seq: integer(row, 3),
  serverTimeMs: integer(row, 4),
  duplicate: true,
  joined: [],
});
