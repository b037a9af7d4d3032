import type { Client } from 'pg';
import { StoreOpenError } from '../../open-error.ts';

/** What a server that takes writes is. */
export interface Standing {
  /** A database and its standbys have the same. */
  systemId: string;
  /** Grows with every promotion of a standby: of two servers that take writes, the one behind was left behind. */
  timeline: number;
  /** `synchronous_standby_names`; empty when commits wait for no standby. */
  synchronousStandbys: string;
  /** The session's process on the server. */
  pid: number;
}

const VERSION_MIN = 150_000;
/** Those that wait until the standby has the commit on stable storage. */
const WAITS_FOR_STANDBYS = ['on', 'remote_apply'];

const settings = `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding,
  pg_is_in_recovery()::text AS recovery, current_setting('transaction_read_only') AS read_only,
  current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
  current_setting('synchronous_standby_names') AS standbys, pg_backend_pid()::text AS pid,
  (SELECT system_identifier::text FROM pg_control_system()) AS system_id,
  CASE WHEN pg_is_in_recovery() THEN '' ELSE pg_walfile_name(pg_current_wal_lsn()) END AS wal_file`;

type Column =
  | 'version'
  | 'encoding'
  | 'recovery'
  | 'read_only'
  | 'fsync'
  | 'commit'
  | 'standbys'
  | 'pid'
  | 'system_id'
  | 'wal_file';

/**
 * Throws StoreOpenError when the server takes no writes, could acknowledge a commit that a crash or a failover then undoes, or
 * cannot hold what we write.
 */
export async function requireFit(client: Client): Promise<Standing> {
  const { rows } = await client.query<Record<Column, string>>(settings);
  const [found] = rows;
  if (found === undefined) throw new StoreOpenError('failed', 'the server does not say what it is');
  const { version, encoding, recovery, read_only, fsync, commit, standbys, pid, system_id, wal_file } = found;
  if (Number(version) < VERSION_MIN) {
    throw new StoreOpenError('unsupported-engine', `PostgreSQL 15 or newer is needed, this server has ${version}`);
  }
  if (recovery === 'true') throw new StoreOpenError('no-primary', 'it is a standby and takes no writes');
  if (read_only === 'on') {
    throw new StoreOpenError('no-primary', 'it is read-only (default_transaction_read_only) and takes no writes');
  }
  if (encoding !== 'UTF8') {
    throw new StoreOpenError('unsupported-engine', `the database's encoding is ${encoding}, it has to be UTF8`);
  }
  if (fsync !== 'on') refuse('fsync', fsync, 'a crash');
  if (commit === 'off') refuse('synchronous_commit', commit, 'a crash');
  const waits = WAITS_FOR_STANDBYS.includes(commit);
  if (standbys !== '' && !waits) refuse('synchronous_commit', commit, 'a failover to a synchronous standby');
  // From now on it stays so, whatever is configured while the session lives: a standby that is named later is waited for.
  await client.query(`SET synchronous_commit = ${waits ? commit : 'on'}`);
  // A segment's name begins with its timeline, in hexadecimal.
  const timeline = Number.parseInt(wal_file.slice(0, 8), 16);
  return { systemId: system_id, timeline, synchronousStandbys: standbys, pid: Number(pid) };
}

function refuse(setting: string, value: string, event: string): never {
  throw new StoreOpenError(
    'not-durable',
    `${setting} is ${value}: the server would acknowledge commits that ${event} undoes, and "sent" would be no promise`,
  );
}
