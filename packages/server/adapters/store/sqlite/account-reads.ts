import type { DeviceRecord, UserRecord } from '@hongyan/core/ports';
import type { Database } from 'better-sqlite3';
import { fold } from '../fold.ts';
import type { Handlers, ReadCalls } from './calls.ts';

type AccountReads = Pick<ReadCalls, 'usersById' | 'userByHandle' | 'findUsers' | 'deviceById' | 'devicesOf'>;

const USER = `SELECT user_id AS userId, handle, display_name AS displayName, status_line AS statusLine,
  password_hash AS passwordHash, created_at_ms AS createdAtMs FROM users`;

const DEVICE = `SELECT device_id AS deviceId, user_id AS userId, name, created_at_ms AS createdAtMs,
  refresh_hash AS refreshHash, previous_refresh_hash AS previousRefreshHash FROM devices`;

export function createAccountReads(database: Database): Handlers<AccountReads> {
  const userById = database.prepare<[string], UserRecord>(`${USER} WHERE user_id = ?`);
  const userByHandle = database.prepare<[string], UserRecord>(`${USER} WHERE handle_folded = ?`);
  const findUsers = database.prepare<{ pattern: string; limit: number }, UserRecord>(
    `${USER} WHERE handle_folded LIKE :pattern ESCAPE '\\' OR display_name_folded LIKE :pattern ESCAPE '\\'
     ORDER BY CASE WHEN handle_folded LIKE :pattern ESCAPE '\\' THEN 0 ELSE 1 END, handle_folded LIMIT :limit`,
  );
  const deviceById = database.prepare<[string], DeviceRecord>(`${DEVICE} WHERE device_id = ?`);
  const devicesOf = database.prepare<[string], DeviceRecord>(
    `${DEVICE} WHERE user_id = ? ORDER BY created_at_ms, device_id`,
  );

  return {
    usersById: (userIds) => [...new Set(userIds)].flatMap((userId) => userById.all(userId)),
    userByHandle: (handle) => userByHandle.get(fold(handle)),
    findUsers: ({ text, limit }) => findUsers.all({ pattern: containing(fold(text)), limit: Math.max(limit, 0) }),
    deviceById: (deviceId) => deviceById.get(deviceId),
    devicesOf: (userId) => devicesOf.all(userId),
  };
}

/** A LIKE pattern in which the text stands for itself. */
const containing = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
