import { accepts } from '@hongyan/core';
import type { AppendRequest } from '@hongyan/core/ports';
import { type RecordVersion, recordKey } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';

/** Whether a request's recipient takes it, by the records as they are in the caller's transaction. */
export function createAcceptance(database: Database): (request: AppendRequest) => boolean {
  const find = database.prepare<[string, string], RecordVersion>(
    'SELECT changed_at_ms AS changedAtMs, value FROM account_records WHERE user_id = ? AND record_key = ?',
  );
  return ({ recipientId, senderId, serverTimeMs }) =>
    recipientId === undefined ||
    accepts((key) => find.get(recipientId, recordKey(key)), senderId, 'write', serverTimeMs);
}
