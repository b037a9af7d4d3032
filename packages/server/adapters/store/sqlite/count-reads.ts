import { EntryKind } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { EVERYBODY } from '../entry-effects.ts';
import type { Handlers, ReadCalls } from './calls.ts';

/** What an account has not read. */
export function createCountReads(database: Database): Handlers<Pick<ReadCalls, 'countOthers' | 'countMentions'>> {
  // What is counted, and how far the scan goes, are two bounds; the newest come first in both.
  const countOthers = database
    .prepare<[string, number, number, number, string, number], number>(
      `SELECT count(*) FROM
         (SELECT 1 FROM
           (SELECT kind, sender_id, length(body) AS byte_count FROM entries
            WHERE conversation_id = ? AND seq > ? AND seq <= ? ORDER BY seq DESC LIMIT ?) AS seen
          WHERE kind = ${EntryKind.MESSAGE} AND sender_id <> ? AND byte_count > 0 LIMIT ?) AS others`,
    )
    .pluck();
  // A message that mentions everybody has no other row, so nothing is counted twice.
  const countMentions = database
    .prepare<[string, string, string, number, number, number], number>(
      `SELECT count(*) FROM
         (SELECT 1 FROM mentions WHERE conversation_id = ? AND user_id IN (?, '${EVERYBODY}') AND sender_id <> ?
            AND seq > ? AND seq <= ? LIMIT ?) AS mentioning`,
    )
    .pluck();

  return {
    countOthers: ({ conversationId, userId, afterSeq, throughSeq, max, scanMax }) =>
      countOthers.get(conversationId, afterSeq, throughSeq, Math.max(scanMax, 0), userId, Math.max(max, 0)) ?? 0,
    countMentions: ({ conversationId, userId, afterSeq, throughSeq, max }) =>
      countMentions.get(conversationId, userId, userId, afterSeq, throughSeq, Math.max(max, 0)) ?? 0,
  };
}
