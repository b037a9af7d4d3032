import { placedChange } from '@hongyan/core';
import { type Appended, type AppendRequest, StoreError } from '@hongyan/core/ports';
import { type ConversationId, EntryKind, encodeEntryHeader, type UserEvent, type UserId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { firstMembers } from '../first-members.ts';
import { createAcceptance } from './acceptance.ts';
import type { ConversationRow, ConversationRows } from './conversation-rows.ts';
import { createEntryEffects } from './entry-effects.ts';
import { createMemberWrites } from './member-writes.ts';
import type { WaitingConversations } from './search/waiting.ts';
import { createFindSent } from './sends.ts';
import type { AddUserEvent } from './user-events.ts';

type Joined = Appended['joined'];
const NOBODY: Joined = [];

export interface AppendParts {
  rows: ConversationRows;
  /** Takes those with messages to be indexed. */
  waiting: WaitingConversations;
  addUserEvent: AddUserEvent;
}

/** Gives places in conversation logs, and does what the entries come to, inside the caller's transaction. */
export function createAppend(
  database: Database,
  { rows, waiting, addUserEvent }: AppendParts,
): (request: AppendRequest) => Appended {
  const claim = database.prepare(
    `INSERT INTO sends (sender_id, client_message_id, conversation_id, seq, server_time_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const findSent = createFindSent(database);
  const insertEntry = database.prepare(
    `INSERT INTO entries
       (conversation_id, seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body, header)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const effects = createEntryEffects(database);
  const members = createMemberWrites(database);
  const isAccepted = createAcceptance(database);

  function write(request: AppendRequest, seq: number): void {
    const { conversationId, senderId, clientMessageId, kind, clientTimeMs, serverTimeMs } = request;
    const { body, header } = request.header === undefined ? request : effects.take(request, seq);
    const headerBytes = header === undefined ? null : encodeEntryHeader(header);
    insertEntry.run(
      conversationId,
      seq,
      kind,
      senderId,
      clientMessageId,
      clientTimeMs,
      serverTimeMs,
      body,
      headerBytes,
    );
  }

  /** What the entry at the end of `row` makes of its conversation; answers who joins. */
  function applyChange(request: AppendRequest, row: ConversationRow): readonly UserId[] {
    const { conversationId, change } = request;
    const placed = change && placedChange(change, row.lastSeq);
    const rowsOfMembers = row.lastSeq === 1 ? firstMembers(request) : (placed?.members ?? []);
    row.memberCount += members.save(conversationId, rowsOfMembers);
    if (placed !== undefined) {
      row.factsSeq = placed.facts.seq;
      members.saveFacts(conversationId, placed.facts);
    }
    return row.lastSeq === 1 ? rowsOfMembers.map(({ userId }) => userId) : (change?.joined ?? []);
  }

  function join(userId: UserId, conversationId: ConversationId, timeMs: number): { userId: UserId; event: UserEvent } {
    members.remember(userId, conversationId);
    return { userId, event: addUserEvent(userId, timeMs, { case: 'conversationJoined', value: { conversationId } }) };
  }

  return (request) => {
    const { conversationId, senderId, clientMessageId, serverTimeMs, basisSeq } = request;
    const row = rows.get(conversationId);
    const reason = basisSeq !== undefined && basisSeq !== row.factsSeq ? 'conversation-changed' : 'not-accepted';
    if (reason === 'conversation-changed' || !isAccepted(request)) {
      const first = findSent(request);
      if (first === undefined) throw new StoreError('rejected', reason);
      return first;
    }
    const seq = row.lastSeq + 1;
    if (claim.run(senderId, clientMessageId, conversationId, seq, serverTimeMs).changes === 0) {
      const first = findSent(request);
      if (first === undefined) throw new Error('a send conflicts with a row that is not there');
      return first;
    }
    write(request, seq);
    row.lastSeq = seq;
    row.lastTimeMs = serverTimeMs;
    rows.changed(conversationId, row);
    if (request.kind === EntryKind.MESSAGE) waiting.add(conversationId);
    if (seq > 1 && request.change === undefined) {
      return { conversationId, seq, serverTimeMs, duplicate: false, joined: NOBODY };
    }
    const joined = applyChange(request, row).map((userId) => join(userId, conversationId, serverTimeMs));
    return { conversationId, seq, serverTimeMs, duplicate: false, joined };
  };
}
