import type { DeviceEnd, DeviceRecord, EndedDevice, RefreshState } from '@hongyan/core/ports';
import type { Query } from './query.ts';

const deviceColumns = {
  deviceId: 'text',
  userId: 'text',
  name: 'text',
  kind: 'text',
  createdAtMs: 'number',
  lastSeenAtMs: 'number',
  refreshHash: 'text',
  previousRefreshHash: 'text',
} as const;
const HASHES = 'refresh_hash AS "refreshHash", previous_refresh_hash AS "previousRefreshHash"';
const DEVICE = `device_id AS "deviceId", user_id AS "userId", name, kind, created_at_ms AS "createdAtMs",
  last_seen_at_ms AS "lastSeenAtMs", ${HASHES}`;

const deviceIdColumn = { deviceId: 'text' } as const;

export const deviceById: Query<{ deviceId: string }, DeviceRecord> = {
  name: 'device_by_id',
  sql: `SELECT ${DEVICE} FROM devices WHERE device_id = :deviceId`,
  columns: deviceColumns,
};

export const devicesOf: Query<{ userId: string }, DeviceRecord> = {
  name: 'devices_of',
  sql: `SELECT ${DEVICE} FROM devices WHERE user_id = :userId ORDER BY added_seq`,
  columns: deviceColumns,
};

/** Whose a device is, and where its account's user log tells of it. */
export const deviceOwner: Query<{ deviceId: string }, { userId: string; addedSeq: number }> = {
  name: 'device_owner',
  sql: `SELECT user_id AS "userId", added_seq AS "addedSeq" FROM devices WHERE device_id = :deviceId`,
  columns: { userId: 'text', addedSeq: 'number' },
};

type NewDevice = { [Key in keyof DeviceRecord]: DeviceRecord[Key] } & { addedSeq: number };

export const insertDevice: Query<NewDevice, { deviceId: string }> = {
  name: 'insert_device',
  sql: `INSERT INTO devices (device_id, user_id, name, kind, created_at_ms, last_seen_at_ms, refresh_hash,
      previous_refresh_hash, added_seq)
    VALUES (:deviceId, :userId, :name, :kind, :createdAtMs, :lastSeenAtMs, :refreshHash, :previousRefreshHash, :addedSeq)
    RETURNING device_id AS "deviceId"`,
  columns: deviceIdColumn,
};

type Rotation = { deviceId: string; refreshHash: string; previousRefreshHash: string } & {
  expectedHash: string;
  expectedPreviousHash: string;
};

/** Answers nothing when something else than what was expected is stored. */
export const replaceRefresh: Query<Rotation, { deviceId: string }> = {
  name: 'replace_refresh',
  sql: `UPDATE devices SET refresh_hash = :refreshHash, previous_refresh_hash = :previousRefreshHash
    WHERE device_id = :deviceId AND refresh_hash = :expectedHash AND previous_refresh_hash = :expectedPreviousHash
    RETURNING device_id AS "deviceId"`,
  columns: deviceIdColumn,
};

export const refreshOf: Query<{ deviceId: string }, RefreshState> = {
  name: 'refresh_of',
  sql: `SELECT ${HASHES} FROM devices WHERE device_id = :deviceId`,
  columns: { refreshHash: 'text', previousRefreshHash: 'text' },
};

/** Answers nothing when the device has that name. */
export const renameDevice: Query<{ deviceId: string; name: string }, { deviceId: string }> = {
  name: 'rename_device',
  sql: `UPDATE devices SET name = :name WHERE device_id = :deviceId AND name <> :name RETURNING device_id AS "deviceId"`,
  columns: deviceIdColumn,
};

export const seeDevice: Query<{ id: string; seenAtMs: number }, { deviceId: string }> = {
  name: 'see_device',
  sql: `UPDATE devices SET last_seen_at_ms = :seenAtMs WHERE device_id = :id AND last_seen_at_ms < :seenAtMs
    RETURNING device_id AS "deviceId"`,
  columns: deviceIdColumn,
};

export const deleteDevice: Query<{ deviceId: string }, RefreshState> = {
  name: 'delete_device',
  sql: `DELETE FROM devices WHERE device_id = :deviceId RETURNING ${HASHES}`,
  columns: { refreshHash: 'text', previousRefreshHash: 'text' },
};

type NewlyEnded = RefreshState & DeviceEnd & { deviceId: string; userId: string; removedSeq: number };

export const insertEnded: Query<{ [Key in keyof NewlyEnded]: NewlyEnded[Key] }, { deviceId: string }> = {
  name: 'insert_ended_device',
  sql: `INSERT INTO ended_devices (device_id, user_id, reason, by_name, refresh_hash, previous_refresh_hash, removed_seq)
    VALUES (:deviceId, :userId, :reason, :byName, :refreshHash, :previousRefreshHash, :removedSeq)
    ON CONFLICT (device_id) DO UPDATE SET reason = excluded.reason, by_name = excluded.by_name,
      refresh_hash = excluded.refresh_hash, previous_refresh_hash = excluded.previous_refresh_hash,
      removed_seq = excluded.removed_seq
    RETURNING device_id AS "deviceId"`,
  columns: deviceIdColumn,
};

export const trimEnded: Query<{ userId: string; kept: number }, { deviceId: string }> = {
  name: 'trim_ended_devices',
  sql: `DELETE FROM ended_devices WHERE user_id = :userId AND removed_seq <= (
      SELECT removed_seq FROM ended_devices WHERE user_id = :userId ORDER BY removed_seq DESC LIMIT 1 OFFSET :kept)
    RETURNING device_id AS "deviceId"`,
  columns: deviceIdColumn,
};

export const endedDevice: Query<{ deviceId: string }, EndedDevice & { removedSeq: number }> = {
  name: 'ended_device',
  sql: `SELECT device_id AS "deviceId", user_id AS "userId", reason, by_name AS "byName", ${HASHES},
      removed_seq AS "removedSeq"
    FROM ended_devices WHERE device_id = :deviceId`,
  columns: {
    deviceId: 'text',
    userId: 'text',
    reason: 'text',
    byName: 'text',
    refreshHash: 'text',
    previousRefreshHash: 'text',
    removedSeq: 'number',
  },
};

export const deviceQueries = [
  deviceById,
  devicesOf,
  deviceOwner,
  insertDevice,
  replaceRefresh,
  refreshOf,
  renameDevice,
  seeDevice,
  deleteDevice,
  insertEnded,
  trimEnded,
  endedDevice,
] as const;
