import type { Appended, AppendRequest } from '@hongyan/core/ports';
import type { ConversationId, UserEvent, UserId } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import type { AddUserEvent } from './user-events.ts';

const LAST_SEQS_MAX = 20_000;

export interface Appender {
  append(request: AppendRequest): Appended;
  /** Writes what the transaction's appends have in common; call it before each commit. */
  beforeCommit(): void;
  /** Forgets what a rolled-back transaction taught. */
  afterRollback(): void;
}

/** Gives places in conversation logs. The process has one, so last seqs may be remembered between transactions. */
export function createAppender(database: Database, addUserEvent: AddUserEvent): Appender {
  const claim = database.prepare(
    `INSERT INTO sends (sender_id, client_message_id, conversation_id, seq, server_time_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const findSend = database.prepare<[string, string], { conversationId: string; seq: number; serverTimeMs: number }>(
    `SELECT conversation_id AS conversationId, seq, server_time_ms AS serverTimeMs
     FROM sends WHERE sender_id = ? AND client_message_id = ?`,
  );
  const insertEntry = database.prepare(
    `INSERT INTO entries (conversation_id, seq, kind, sender_id, client_message_id, client_time_ms, server_time_ms, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const findLastSeq = database.prepare<[string], number>(
    'SELECT last_seq FROM conversations WHERE conversation_id = ?',
  );
  findLastSeq.pluck();
  const saveConversation = database.prepare(
    `INSERT INTO conversations (conversation_id, last_seq, last_time_ms, member_count) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET last_seq = excluded.last_seq, last_time_ms = excluded.last_time_ms`,
  );
  const insertMember = database.prepare('INSERT INTO members (conversation_id, user_id) VALUES (?, ?)');
  const insertMembership = database.prepare('INSERT INTO memberships (user_id, conversation_id) VALUES (?, ?)');

  const lastSeqs = new Map<ConversationId, number>();
  /** `memberCount` is of those that began. */
  const grown = new Map<ConversationId, { lastSeq: number; lastTimeMs: number; memberCount: number }>();

  function create({ conversationId, members, serverTimeMs }: AppendRequest): { userId: UserId; event: UserEvent }[] {
    return [...new Set(members)].map((userId) => {
      insertMember.run(conversationId, userId);
      insertMembership.run(userId, conversationId);
      const event = addUserEvent(userId, serverTimeMs, { case: 'conversationJoined', value: { conversationId } });
      return { userId, event };
    });
  }

  return {
    append(request) {
      const { conversationId, senderId, clientMessageId, serverTimeMs } = request;
      const lastSeq = lastSeqs.get(conversationId) ?? findLastSeq.get(conversationId) ?? 0;
      const seq = lastSeq + 1;
      if (claim.run(senderId, clientMessageId, conversationId, seq, serverTimeMs).changes === 0) {
        const first = findSend.get(senderId, clientMessageId);
        if (first === undefined) throw new Error('a send conflicts with a row that is not there');
        return { ...first, duplicate: true, joined: [] };
      }
      const { kind, clientTimeMs, body } = request;
      insertEntry.run(conversationId, seq, kind, senderId, clientMessageId, clientTimeMs, serverTimeMs, body);
      lastSeqs.set(conversationId, seq);
      const joined = lastSeq === 0 ? create(request) : [];
      const memberCount = joined.length || (grown.get(conversationId)?.memberCount ?? 0);
      grown.set(conversationId, { lastSeq: seq, lastTimeMs: serverTimeMs, memberCount });
      return { conversationId, seq, serverTimeMs, duplicate: false, joined };
    },
    beforeCommit() {
      for (const [id, { lastSeq, lastTimeMs, memberCount }] of grown) {
        saveConversation.run(id, lastSeq, lastTimeMs, memberCount);
      }
      grown.clear();
      if (lastSeqs.size > LAST_SEQS_MAX) lastSeqs.clear();
    },
    afterRollback() {
      lastSeqs.clear();
      grown.clear();
    },
  };
}
