import { StoreOpenError } from '../open-error.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/index.ts';
import type { Connection } from './wire/connection.ts';

export interface SchemaOptions {
  url: string;
  schema: string;
  /** Of a schema that is made now. */
  partitionCount: number;
}

const SCHEMA = /^[a-z_][a-z0-9_]{0,62}$/;

/** Brings the schema to the newest version over the connection that `open` gives, and answers it. Rejects with StoreOpenError. */
export async function openSchema(options: SchemaOptions, open: () => Promise<Connection>): Promise<Connection> {
  const { url, schema, partitionCount } = options;
  if (!SCHEMA.test(schema)) throw new StoreOpenError('failed', `${schema} cannot be the name of a schema`);
  if (/[?&]options=/.test(url)) throw new StoreOpenError('failed', 'the URL must not have options of its own');
  try {
    const connection = await open();
    await migrate(connection, schema, migrations, partitionCount).catch(async (error) => {
      await connection.close().catch(() => {});
      throw error;
    });
    return connection;
  } catch (error) {
    if (error instanceof StoreOpenError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new StoreOpenError('failed', `the database could not be opened: ${message}`, { cause: error });
  }
}
