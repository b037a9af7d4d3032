import type { UserRecord } from '@hongyan/core/ports';
import type { Query } from './query.ts';

export const userColumns = {
  userId: 'text',
  handle: 'text',
  displayName: 'text',
  statusLine: 'text',
  passwordHash: 'text',
  createdAtMs: 'number',
} as const;
/** A row of `users`. */
export type UserRow = { [Key in keyof UserRecord]: UserRecord[Key] };
export const USER = `user_id AS "userId", handle, display_name AS "displayName", status_line AS "statusLine",
  password_hash AS "passwordHash", created_at_ms AS "createdAtMs"`;

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

type NewUser = UserRow & { handleFolded: string; displayNameFolded: string };

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

type NewPassword = { userId: string; expectedHash: string; passwordHash: string };

/** Answers nothing when another password is there than either. */
export const setPassword: Query<NewPassword, { userId: string }> = {
  name: 'set_password',
  sql: `UPDATE users SET password_hash = :passwordHash
    WHERE user_id = :userId AND password_hash IN (:expectedHash, :passwordHash) RETURNING user_id AS "userId"`,
  columns: { userId: 'text' },
};

/** Of the accounts themselves; devices, and what apps bring, have their own. */
export const userQueries = [
  userById,
  userByHandle,
  usersByPrefix,
  usersElsewhere,
  insertUser,
  updateProfile,
  setPassword,
] as const;
