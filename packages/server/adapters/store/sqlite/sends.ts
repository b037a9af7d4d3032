import type { Appended, AppendRequest } from '@hongyan/core/ports';
import type { Database } from 'better-sqlite3';

type Sent = Pick<AppendRequest, 'senderId' | 'clientMessageId'>;
type Place = Pick<Appended, 'conversationId' | 'seq' | 'serverTimeMs'>;

/** What an append of this name was answered. */
export function createFindSent(database: Database): (sent: Sent) => Appended | undefined {
  const find = database.prepare<[string, string], Place>(
    `SELECT conversation_id AS conversationId, seq, server_time_ms AS serverTimeMs
     FROM sends WHERE sender_id = ? AND client_message_id = ?`,
  );
  return ({ senderId, clientMessageId }) => {
    const place = find.get(senderId, clientMessageId);
    return place && { ...place, duplicate: true, joined: [] };
  };
}
