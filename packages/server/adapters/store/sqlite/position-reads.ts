import type { DevicePosition } from '@hongyan/core/ports';
import type { Database } from 'better-sqlite3';
import type { Handlers, ReadCalls } from './calls.ts';

export function createPositionReads(database: Database): Handlers<Pick<ReadCalls, 'devicePositions' | 'userLastSeq'>> {
  const positions = database.prepare<[string], DevicePosition>(
    `SELECT conversation_id AS conversationId, user_id AS userId, device_id AS deviceId, seq
     FROM device_positions WHERE conversation_id = ? ORDER BY device_id`,
  );
  const userLastSeq = database
    .prepare<[string], number>('SELECT coalesce(max(seq), 0) FROM user_events WHERE user_id = ?')
    .pluck();
  return {
    devicePositions: (conversationId) => positions.all(conversationId),
    userLastSeq: (userId) => userLastSeq.get(userId) ?? 0,
  };
}
