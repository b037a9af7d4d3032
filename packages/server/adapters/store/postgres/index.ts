import type { Store } from '@hongyan/core/ports';
import { Lanes } from './lanes/index.ts';
import { openShared } from './occupancy.ts';
import { Primary, type PrimaryServer } from './primary.ts';
import { openSchema } from './schema.ts';
import { openForSearch } from './search/connection.ts';
import { statements } from './statements.ts';
import { createStore } from './store.ts';
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
  /** Connections that append (default 3) and that read (default 3); four more do everything else. */
  appendLanes?: number;
  readLanes?: number;
  /** Told of every attempt to connect that failed, to be logged; the store goes on trying. */
  onTrouble?: (error: Error) => void;
  /** Told which server takes the writes, at opening and whenever it is another one or has become another. */
  onPrimary?: (server: PrimaryServer) => void;
}

/**
 * A Store in a PostgreSQL database that any number of nodes share. Rejects with StoreOpenError when no server can be reached
 * that takes writes, or it is older than 15, would acknowledge commits before they are durable, holds a newer program's
 * schema, or is being filled by a move.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, schema = 'hongyan', partitionCount = 16, queueDepthMax = 20_000 } = options;
  const { appendLanes = 3, readLanes = 3, onTrouble = () => {}, onPrimary = () => {} } = options;
  const { servers } = parseStoreUrl(url);
  const open = (address: string) => openShared({ url: address, schema }, []);
  const primary = new Primary({ servers, open, onFound: onPrimary });
  const first = await openSchema({ url, schema, partitionCount }, () => primary.connect([]));
  await first.close();
  return createStore(
    new Lanes({
      ...{ appendLanes, readLanes, queueDepthMax, onTrouble },
      open: () => primary.connect(statements),
      openSearch: () => openForSearch(primary),
    }),
  );
}
