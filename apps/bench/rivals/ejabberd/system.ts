import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@hongyan/testkit/engines';
import { startPostgres } from '../../run/postgres.ts';
import { accountsSql } from './accounts.ts';
import { configOf } from './config.ts';
import type { Installation } from './installation.ts';
import { EjabberdNode } from './node.ts';

/** An ejabberd with its archive in PostgreSQL. */
export interface EjabberdSystem {
  /** Where clients connect. */
  readonly port: number;
  readonly pids: Readonly<Record<string, readonly number[]>>;
  /** Rows of its archive: each message is there twice, for its sender and for its recipient. */
  archived(): Promise<number>;
}

/** Starts both, empty but for so many accounts; `parts` gets what was started. */
export async function startEjabberd(
  installation: Installation,
  { accounts, sqlPool }: { accounts: number; sqlPool: number },
  parts: AsyncDisposableStack,
): Promise<EjabberdSystem> {
  const directory = await mkdtemp(join(tmpdir(), 'hongyan-ejabberd-'));
  parts.defer(() => rm(directory, { recursive: true, force: true, maxRetries: 5 }));
  const postgres = parts.use(await startPostgres());
  await postgres.query(installation.schema);
  await postgres.query(accountsSql(accounts));
  const port = await freePort();
  const config = configOf({ port, postgresPort: postgres.port, sqlPool });
  const node = parts.use(await EjabberdNode.spawn(installation, directory, config));
  await node.serving(port);
  return {
    port,
    pids: { ejabberd: [node.pid], postgres: [postgres.pid] },
    archived: async () => Number((await postgres.query('SELECT count(*) AS rows FROM archive'))[0]?.rows),
  };
}
