import type { Store } from '@hongyan/core/ports';
import { StoreOpenError } from '../open-error.ts';
import { Lanes } from './lanes/index.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import { Primary, type PrimaryServer } from './primary.ts';
import { statements } from './statements.ts';
import { createStore } from './store.ts';
import { Connection } from './wire/connection.ts';
import { parseStoreUrl } from './wire/server-url.ts';

export { type OpenFailure, StoreOpenError } from '../open-error.ts';
export type { PrimaryServer } from './primary.ts';
export { parseStoreUrl } from './wire/server-url.ts';

export interface PostgresStoreOptions {
  /**
   * `postgres://user:password@host:port/database`, straight to the server or through a pool that keeps sessions whole. With
   * `host1:port,host2:port` the server is whichever of them takes writes, also when that changes.
   */
  url: string;
  /** The schema that the tables are in (default `hongyan`); made when it is not there. */
  schema?: string;
  /** Into how many partitions each hot table is cut when it is made (default 16); 1 makes plain tables. */
  partitionCount?: number;
  /** Requests waiting in each lane (default 20,000); one more is refused with `unavailable`. */
  queueDepthMax?: number;
  /** Connections that append (default 3) and that read (default 3); three more do everything else. */
  appendLanes?: number;
  readLanes?: number;
  /** Told of every attempt to connect that failed, to be logged; the store goes on trying. */
  onTrouble?: (error: Error) => void;
  /** Told which server takes the writes, at opening and whenever it is another one or has become another. */
  onPrimary?: (server: PrimaryServer) => void;
}

const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

/**
 * A Store in a PostgreSQL database that any number of nodes share. Rejects with StoreOpenError when no server can be reached
 * that takes writes, or it is older than 15, would acknowledge commits before they are durable, or holds a newer program's
 * schema.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { schema = 'hongyan', partitionCount = 16, queueDepthMax = 20_000 } = options;
  const { appendLanes = 3, readLanes = 3, onTrouble = () => {}, onPrimary = () => {} } = options;
  if (!SCHEMA.test(schema)) throw new StoreOpenError('failed', `${schema} cannot be the name of a schema`);
  const { servers } = parseStoreUrl(options.url);
  const open = (url: string) => Connection.open({ url, schema }, []);
  const primary = new Primary({ servers, open, onFound: onPrimary });
  await prepareSchema(primary, schema, partitionCount);
  return createStore(
    new Lanes({ appendLanes, readLanes, queueDepthMax, open: () => primary.connect(statements), onTrouble }),
  );
}

async function prepareSchema(primary: Primary, schema: string, partitionCount: number): Promise<void> {
  try {
    const connection = await primary.connect([]);
    try {
      await migrate(connection, schema, migrations, partitionCount);
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (error instanceof StoreOpenError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new StoreOpenError('failed', `the database could not be opened: ${message}`, { cause: error });
  }
}
