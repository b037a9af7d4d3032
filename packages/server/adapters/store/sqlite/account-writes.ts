import { StoreError, type UserRecord } from '@hongyan/core/ports';
import type { UserEvent } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { fold } from '../fold.ts';
import { USER_COLUMNS } from './account-reads.ts';
import type { Handlers, WriteCalls } from './calls.ts';
import { type AddUserEvent, decodeUserEvent } from './user-events.ts';

type AccountWrites = Pick<
  WriteCalls,
  'createUser' | 'updateProfile' | 'createDevice' | 'rotateRefresh' | 'deleteDevice'
>;

/** Each refuses (StoreError `rejected`) before it writes; asking again after an unknown outcome changes nothing. */
export function createAccountWrites(database: Database, addUserEvent: AddUserEvent): Handlers<AccountWrites> {
  const findTaken = database.prepare<[string, string], { userId: string; handleFolded: string }>(
    `SELECT user_id AS userId, handle_folded AS handleFolded FROM users WHERE handle_folded = ? OR user_id = ?`,
  );
  const insertUser = database.prepare(
    `INSERT INTO users (user_id, handle, handle_folded, display_name, display_name_folded, status_line, password_hash,
       created_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const saveProfile = database.prepare<[string | null, string | null, string | null, string], UserRecord>(
    `UPDATE users SET display_name = coalesce(?, display_name), display_name_folded = coalesce(?, display_name_folded),
       status_line = coalesce(?, status_line) WHERE user_id = ? RETURNING ${USER_COLUMNS}`,
  );
  const findAdded = database.prepare<[string], { userId: string; event: Uint8Array }>(
    `SELECT d.user_id AS userId, e.event FROM devices d
     JOIN user_events e ON e.user_id = d.user_id AND e.seq = d.added_seq WHERE d.device_id = ?`,
  );
  const insertDevice = database.prepare(
    `INSERT INTO devices (device_id, user_id, name, created_at_ms, refresh_hash, previous_refresh_hash, added_seq)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const findRefresh = database.prepare<[string], { refreshHash: string; previousRefreshHash: string }>(
    `SELECT refresh_hash AS refreshHash, previous_refresh_hash AS previousRefreshHash FROM devices WHERE device_id = ?`,
  );
  const saveRefresh = database.prepare(
    'UPDATE devices SET refresh_hash = ?, previous_refresh_hash = ? WHERE device_id = ?',
  );
  const deletePositions = database.prepare('DELETE FROM device_positions WHERE device_id = ?');
  const deleteDevice = database.prepare('DELETE FROM devices WHERE device_id = ?');

  return {
    createUser({ userId, handle, displayName, statusLine, passwordHash, createdAtMs }) {
      const handleFolded = fold(handle);
      const taken = findTaken.all(handleFolded, userId);
      if (taken.some((user) => user.userId === userId && user.handleFolded === handleFolded)) return undefined;
      if (taken.length > 0) throw new StoreError('rejected', 'handle-taken');
      const name = fold(displayName);
      insertUser.run(userId, handle, handleFolded, displayName, name, statusLine, passwordHash, createdAtMs);
      return undefined;
    },
    updateProfile({ userId, change: { displayName, statusLine } }) {
      const folded = displayName === undefined ? null : fold(displayName);
      return saveProfile.get(displayName ?? null, folded, statusLine ?? null, userId);
    },
    createDevice({ deviceId, userId, name, createdAtMs, refreshHash, previousRefreshHash }): UserEvent {
      const existing = findAdded.get(deviceId);
      if (existing?.userId === userId) return decodeUserEvent(existing.event);
      if (existing !== undefined) throw new StoreError('rejected', 'device-taken');
      const event = addUserEvent(userId, createdAtMs, { case: 'deviceAdded', value: { deviceId, name } });
      insertDevice.run(deviceId, userId, name, createdAtMs, refreshHash, previousRefreshHash, event.seq);
      return event;
    },
    rotateRefresh({ deviceId, expected, next }) {
      const same = (a: typeof next, b: typeof next) =>
        a.refreshHash === b.refreshHash && a.previousRefreshHash === b.previousRefreshHash;
      const stored = findRefresh.get(deviceId);
      if (stored === undefined) return false;
      if (!same(stored, expected)) return same(stored, next);
      saveRefresh.run(next.refreshHash, next.previousRefreshHash, deviceId);
      return true;
    },
    deleteDevice(deviceId) {
      deletePositions.run(deviceId);
      deleteDevice.run(deviceId);
      return undefined;
    },
  };
}
