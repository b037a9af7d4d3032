import type { DeviceRecord, RefreshState, UserRecord } from '@hongyan/core/ports';
import type { Query } from './query.ts';

const userColumns = {
  userId: 'text',
  handle: 'text',
  displayName: 'text',
  statusLine: 'text',
  passwordHash: 'text',
  createdAtMs: 'number',
} as const;
const USER = `user_id AS "userId", handle, display_name AS "displayName", status_line AS "statusLine",
  password_hash AS "passwordHash", created_at_ms AS "createdAtMs"`;

const deviceColumns = {
  deviceId: 'text',
  userId: 'text',
  name: 'text',
  createdAtMs: 'number',
  refreshHash: 'text',
  previousRefreshHash: 'text',
} as const;
const DEVICE = `device_id AS "deviceId", user_id AS "userId", name, created_at_ms AS "createdAtMs",
  refresh_hash AS "refreshHash", previous_refresh_hash AS "previousRefreshHash"`;

const deviceIdColumn = { deviceId: 'text' } as const;

export interface Sought {
  [name: string]: string | number;
  text: string;
  /** Above every text that begins with it. */
  past: string;
  /** A LIKE pattern in which the text stands for itself. */
  pattern: string;
  limit: number;
}

const HANDLE_BEGINS = '(handle_folded >= :text AND handle_folded < :past)';
const HANDLE_CONTAINS = `handle_folded LIKE :pattern ESCAPE '\\'`;

export const userById: Query<{ userId: string }, UserRecord> = {
  name: 'user_by_id',
  sql: `SELECT ${USER} FROM users WHERE user_id = :userId`,
  columns: userColumns,
};

export const userByHandle: Query<{ handleFolded: string }, UserRecord> = {
  name: 'user_by_handle',
  sql: `SELECT ${USER} FROM users WHERE handle_folded = :handleFolded`,
  columns: userColumns,
};

export const usersByPrefix: Query<Sought, UserRecord> = {
  name: 'users_by_prefix',
  sql: `SELECT ${USER} FROM users WHERE ${HANDLE_BEGINS} ORDER BY handle_folded LIMIT :limit`,
  columns: userColumns,
};

export const usersElsewhere: Query<Sought, UserRecord> = {
  name: 'users_elsewhere',
  sql: `SELECT ${USER} FROM users
    WHERE (${HANDLE_CONTAINS} OR display_name_folded LIKE :pattern ESCAPE '\\') AND NOT ${HANDLE_BEGINS}
    ORDER BY CASE WHEN ${HANDLE_CONTAINS} THEN 0 ELSE 1 END, handle_folded LIMIT :limit`,
  columns: userColumns,
};

type NewUser = { [Key in keyof UserRecord]: UserRecord[Key] } & { handleFolded: string; displayNameFolded: string };

/** Answers nothing when the account or the handle is there. */
export const insertUser: Query<NewUser, { userId: string }> = {
  name: 'insert_user',
  sql: `INSERT INTO users (user_id, handle, handle_folded, display_name, display_name_folded, status_line, password_hash,
      created_at_ms)
    VALUES (:userId, :handle, :handleFolded, :displayName, :displayNameFolded, :statusLine, :passwordHash, :createdAtMs)
    ON CONFLICT DO NOTHING RETURNING user_id AS "userId"`,
  columns: { userId: 'text' },
};

type Profile = {
  userId: string;
  displayName: string | null;
  displayNameFolded: string | null;
  statusLine: string | null;
};

export const updateProfile: Query<Profile, UserRecord> = {
  name: 'update_profile',
  sql: `UPDATE users SET display_name = coalesce(:displayName, display_name),
      display_name_folded = coalesce(:displayNameFolded, display_name_folded),
      status_line = coalesce(:statusLine, status_line)
    WHERE user_id = :userId RETURNING ${USER}`,
  columns: userColumns,
};

export const deviceById: Query<{ deviceId: string }, DeviceRecord> = {
  name: 'device_by_id',
  sql: `SELECT ${DEVICE} FROM devices WHERE device_id = :deviceId`,
  columns: deviceColumns,
};

export const devicesOf: Query<{ userId: string }, DeviceRecord> = {
  name: 'devices_of',
  sql: `SELECT ${DEVICE} FROM devices WHERE user_id = :userId ORDER BY created_at_ms, device_id`,
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
  sql: `INSERT INTO devices (device_id, user_id, name, created_at_ms, refresh_hash, previous_refresh_hash, added_seq)
    VALUES (:deviceId, :userId, :name, :createdAtMs, :refreshHash, :previousRefreshHash, :addedSeq)
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
  sql: `SELECT refresh_hash AS "refreshHash", previous_refresh_hash AS "previousRefreshHash"
    FROM devices WHERE device_id = :deviceId`,
  columns: { refreshHash: 'text', previousRefreshHash: 'text' },
};

export const deleteDevice: Query<{ deviceId: string }, { deviceId: string }> = {
  name: 'delete_device',
  sql: 'DELETE FROM devices WHERE device_id = :deviceId RETURNING device_id AS "deviceId"',
  columns: deviceIdColumn,
};

export const accountQueries = [
  userById,
  userByHandle,
  usersByPrefix,
  usersElsewhere,
  insertUser,
  updateProfile,
  deviceById,
  devicesOf,
  deviceOwner,
  insertDevice,
  replaceRefresh,
  refreshOf,
  deleteDevice,
] as const;
