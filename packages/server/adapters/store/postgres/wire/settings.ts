import type { Client } from 'pg';
import { StoreOpenError } from '../../open-error.ts';

const VERSION_MIN = 150_000;

/**
 * What every session is started with. Each hot statement looks its rows up by key, whatever the tables' statistics say, so
 * the planner has nothing to find out: it plans once, by the indexes. The limits of time keep a node that hangs from holding
 * up the others: what it has locked is free again before they give up waiting for it.
 */
export function sessionOptions(schema: string): string {
  const settings = {
    search_path: schema,
    plan_cache_mode: 'force_generic_plan',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
    enable_seqscan: 'off',
    enable_bitmapscan: 'off',
    jit: 'off',
    statement_timeout: '10s',
    lock_timeout: '5s',
    idle_in_transaction_session_timeout: '3s',
    default_transaction_isolation: 'read\\ committed',
  };
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
}

/** Throws StoreOpenError when the server could acknowledge a commit that a crash then undoes, or cannot hold what we write. */
export async function requireFit(client: Client): Promise<void> {
  const { rows } = await client.query<Record<'version' | 'encoding' | 'fsync' | 'commit', string>>(
    `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding,
       current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  );
  for (const { version, encoding, fsync, commit } of rows) {
    if (Number(version) < VERSION_MIN) {
      throw new StoreOpenError('unsupported-engine', `PostgreSQL 15 or newer is needed, this server has ${version}`);
    }
    if (encoding !== 'UTF8') {
      throw new StoreOpenError('unsupported-engine', `the database's encoding is ${encoding}, it has to be UTF8`);
    }
    if (fsync !== 'on') refuse('fsync', fsync);
    if (commit === 'off') refuse('synchronous_commit', commit);
  }
  // From now on it stays what it was seen to be, whatever is configured while the session lives.
  await client.query(`SELECT set_config('synchronous_commit', current_setting('synchronous_commit'), false)`);
}

function refuse(setting: string, value: string): never {
  throw new StoreOpenError(
    'not-durable',
    `${setting} is ${value}: the server would acknowledge commits that a crash undoes, and "sent" would be no promise`,
  );
}
