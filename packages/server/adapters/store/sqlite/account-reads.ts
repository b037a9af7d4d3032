import type { DeviceRecord, UserRecord } from '@hongyan/core/ports';
import type { Database } from 'better-sqlite3';
import { fold } from '../fold.ts';
import type { Handlers, ReadCalls } from './calls.ts';

type AccountReads = Pick<ReadCalls, 'usersById' | 'userByHandle' | 'findUsers' | 'deviceById' | 'devicesOf'>;

/** A UserRecord as the columns of `users`. */
export const USER_COLUMNS = `user_id AS userId, handle, display_name AS displayName, status_line AS statusLine,
  password_hash AS passwordHash, created_at_ms AS createdAtMs`;

const USER = `SELECT ${USER_COLUMNS} FROM users`;

const DEVICE = `SELECT device_id AS deviceId, user_id AS userId, name, created_at_ms AS createdAtMs,
  refresh_hash AS refreshHash, previous_refresh_hash AS previousRefreshHash FROM devices`;

export function createAccountReads(database: Database): Handlers<AccountReads> {
  const userById = database.prepare<[string], UserRecord>(`${USER} WHERE user_id = ?`);
  const userByHandle = database.prepare<[string], UserRecord>(`${USER} WHERE handle_folded = ?`);
  const handleBegins = '(handle_folded >= :text AND handle_folded < :past)';
  const findByPrefix = database.prepare<Sought, UserRecord>(
    `${USER} WHERE ${handleBegins} ORDER BY handle_folded LIMIT :limit`,
  );
  const handleContains = `handle_folded LIKE :pattern ESCAPE '\\'`;
  const findElsewhere = database.prepare<Sought, UserRecord>(
    `${USER} WHERE (${handleContains} OR display_name_folded LIKE :pattern ESCAPE '\\') AND NOT ${handleBegins}
     ORDER BY CASE WHEN ${handleContains} THEN 0 ELSE 1 END, handle_folded LIMIT :limit`,
  );
  const deviceById = database.prepare<[string], DeviceRecord>(`${DEVICE} WHERE device_id = ?`);
  const devicesOf = database.prepare<[string], DeviceRecord>(
    `${DEVICE} WHERE user_id = ? ORDER BY created_at_ms, device_id`,
  );

  return {
    usersById: (userIds) => [...new Set(userIds)].flatMap((userId) => userById.all(userId)),
    userByHandle: (handle) => userByHandle.get(fold(handle)),
    findUsers({ text, limit }) {
      const sought = seek(fold(text), Math.max(limit, 0));
      // The index answers most questions; only the rest needs the whole table.
      const found = findByPrefix.all(sought);
      if (found.length === sought.limit) return found;
      return [...found, ...findElsewhere.all({ ...sought, limit: sought.limit - found.length })];
    },
    deviceById: (deviceId) => deviceById.get(deviceId),
    devicesOf: (userId) => devicesOf.all(userId),
  };
}

interface Sought {
  text: string;
  /** Above every text that begins with it. */
  past: string;
  /** A LIKE pattern in which the text stands for itself. */
  pattern: string;
  limit: number;
}

const seek = (text: string, limit: number): Sought => ({
  text,
  past: `${text}\u{10ffff}`,
  pattern: `%${text.replace(/[\\%_]/g, '\\$&')}%`,
  limit,
});
