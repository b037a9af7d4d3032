import { USER, type UserRow, userColumns } from './queries.ts';
import type { Query } from './query.ts';

/** An API key as it is kept: its scopes are behind one another, with commas between. */
export type ApiKeyRow = {
  keyId: string;
  name: string;
  keyHash: string;
  scopes: string;
  createdAtMs: number;
  lastUsedAtMs: number;
};

const keyColumns = {
  keyId: 'text',
  name: 'text',
  keyHash: 'text',
  scopes: 'text',
  createdAtMs: 'number',
  lastUsedAtMs: 'number',
} as const;
const KEY = `key_id AS "keyId", name, key_hash AS "keyHash", scopes, created_at_ms AS "createdAtMs",
  last_used_at_ms AS "lastUsedAtMs"`;
const keyIdColumn = { keyId: 'text' } as const;

export const insertApiKey: Query<ApiKeyRow, { keyId: string }> = {
  name: 'insert_api_key',
  sql: `INSERT INTO api_keys (key_id, name, key_hash, scopes, created_at_ms, last_used_at_ms)
    VALUES (:keyId, :name, :keyHash, :scopes, :createdAtMs, :lastUsedAtMs)
    ON CONFLICT (key_id) DO NOTHING RETURNING key_id AS "keyId"`,
  columns: keyIdColumn,
};

export const apiKeyByHash: Query<{ keyHash: string }, ApiKeyRow> = {
  name: 'api_key_by_hash',
  sql: `SELECT ${KEY} FROM api_keys WHERE key_hash = :keyHash`,
  columns: keyColumns,
};

export const apiKeys: Query<{ limit: number }, ApiKeyRow> = {
  name: 'api_keys',
  sql: `SELECT ${KEY} FROM api_keys ORDER BY created_at_ms, key_id LIMIT :limit`,
  columns: keyColumns,
};

export const deleteApiKey: Query<{ keyId: string }, { keyId: string }> = {
  name: 'delete_api_key',
  sql: 'DELETE FROM api_keys WHERE key_id = :keyId RETURNING key_id AS "keyId"',
  columns: keyIdColumn,
};

export const seeApiKey: Query<{ id: string; seenAtMs: number }, { keyId: string }> = {
  name: 'see_api_key',
  sql: `UPDATE api_keys SET last_used_at_ms = :seenAtMs WHERE key_id = :id AND last_used_at_ms < :seenAtMs
    RETURNING key_id AS "keyId"`,
  columns: keyIdColumn,
};

type AppUserRow = UserRow & { externalId: string };
const appUserColumns = { externalId: 'text', ...userColumns } as const;
const APP_USER = 'SELECT external_id AS "externalId", u.* FROM app_users a JOIN';

export const appUser: Query<{ externalId: string }, AppUserRow> = {
  name: 'app_user',
  sql: `${APP_USER} (SELECT ${USER} FROM users) AS u ON u."userId" = a.user_id WHERE external_id = :externalId`,
  columns: appUserColumns,
};

export const appUsers: Query<{ after: string; limit: number }, AppUserRow> = {
  name: 'app_users',
  sql: `${APP_USER} (SELECT ${USER} FROM users) AS u ON u."userId" = a.user_id WHERE external_id > :after
    ORDER BY external_id LIMIT :limit`,
  columns: appUserColumns,
};

/** Answers nothing when the external id has its account; waits for whoever gives it one. */
export const insertAppUser: Query<{ externalId: string; userId: string }, { userId: string }> = {
  name: 'insert_app_user',
  sql: `INSERT INTO app_users (external_id, user_id) VALUES (:externalId, :userId)
    ON CONFLICT (external_id) DO NOTHING RETURNING user_id AS "userId"`,
  columns: { userId: 'text' },
};

export const changeHandle: Query<{ userId: string; handle: string; handleFolded: string }, UserRow> = {
  name: 'change_handle',
  sql: `UPDATE users SET handle = :handle, handle_folded = :handleFolded WHERE user_id = :userId RETURNING ${USER}`,
  columns: userColumns,
};

export const appQueries = [
  insertApiKey,
  apiKeyByHash,
  apiKeys,
  deleteApiKey,
  seeApiKey,
  appUser,
  appUsers,
  insertAppUser,
  changeHandle,
] as const;
