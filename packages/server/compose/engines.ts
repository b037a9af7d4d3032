import { access, constants, mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Broker, BrokerOpenError, type Store } from '@hongyan/core/ports';
import { openNatsBroker } from '../adapters/broker/nats/index.ts';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { StoreOpenError } from '../adapters/store/open-error.ts';
import { openPostgresStore, type PrimaryServer, parseStoreUrl } from '../adapters/store/postgres/index.ts';
import { openSqliteStore } from '../adapters/store/sqlite/index.ts';
import type { Config } from '../config.ts';
import { StartError } from '../start-error.ts';

export { createInProcessBus };

export interface EngineTrouble {
  /** It can no longer do its part, and the process has to end. */
  failed(error: Error): void;
  /** It goes on trying. */
  troubled(error: Error): void;
  /** It works; what it works with, for whoever runs it. */
  noted(note: string): void;
}

/** Where the node keeps everything. Rejects with StartError when it cannot be opened as it is told. */
export async function openStore({ store, data }: Config, trouble: EngineTrouble): Promise<Store> {
  try {
    if (store !== 'sqlite') {
      const onPrimary = (server: PrimaryServer) => trouble.noted(noteOf(server));
      return await openPostgresStore({ url: store, onTrouble: trouble.troubled, onPrimary });
    }
    return await openSqliteStore({ directory: await openDirectory(data), onFatal: trouble.failed });
  } catch (error) {
    throw error instanceof StoreOpenError ? new StartError(`${error.message}.`, error) : error;
  }
}

/** What carries messages to the other nodes; undefined: there are none. Rejects with StartError when it cannot be reached. */
export async function openBroker({ broker }: Config, trouble: EngineTrouble): Promise<Broker | undefined> {
  if (broker === 'none') return undefined;
  try {
    return await openNatsBroker({
      url: broker,
      onLost: () => trouble.troubled(new Error('the connection to NATS is lost')),
      onError: (cause, subject) => trouble.troubled(new Error(`a message to ${subject} was not understood`, { cause })),
      onFatal: trouble.failed,
    });
  } catch (error) {
    throw error instanceof BrokerOpenError ? new StartError(`${error.message}.`, error) : error;
  }
}

const noteOf = ({ name, timeline, synchronousStandbys }: PrimaryServer): string =>
  `the store is the PostgreSQL server ${name}, on timeline ${timeline}; ${
    synchronousStandbys === ''
      ? 'no synchronous standby: a failover may lose what was committed last'
      : `a commit waits for its synchronous standby (${synchronousStandbys})`
  }`;

/** For people: a directory, or a database's URL without who signs in to it. */
export function keptInOf({ store, data }: Config): string {
  if (store === 'sqlite') return resolve(data);
  const { servers, database } = parseStoreUrl(store);
  return `postgres://${servers.map(({ name }) => name).join(',')}/${database}`;
}

async function openDirectory(path: string): Promise<string> {
  const directory = resolve(path);
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    return directory;
  } catch (error) {
    throw StartError.from(error, { directory });
  }
}
