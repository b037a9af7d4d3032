import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '@hongyan/core/ports';
import { openPostgresStore } from '../../postgres/index.ts';
import { startServer, type TestServer } from '../../postgres/testing/server.ts';
import { Connection } from '../../postgres/wire/connection.ts';
import { openSqliteStore } from '../../sqlite/index.ts';
import { type MoveOptions, type MoveResult, move } from '../index.ts';
import { contentsOf, fill } from './installation.ts';

/** An installation in SQLite and a schema of PostgreSQL, both of one test's own. */
export interface Moving {
  directory: string;
  schema: string;
  move(options?: Partial<MoveOptions>): Promise<MoveResult>;
  /** What `move-in-batches.ts` is called with. */
  programArguments(rowsMax: number): string[];
  /** The source, served as before the move. */
  openSource(): Promise<Store>;
  openTarget(): Promise<Store>;
  /** SQL in the schema. */
  query(sql: string): Promise<Record<string, unknown>[]>;
}

/** What all tests of a file share: a server of PostgreSQL, and a filled directory that is copied for each. */
export class Movings implements AsyncDisposable {
  /** What a store tells of every copy. */
  readonly contents: unknown;
  readonly #server: TestServer;
  readonly #root: string;
  #count = 0;

  private constructor(server: TestServer, root: string, contents: unknown) {
    this.#server = server;
    this.#root = root;
    this.contents = contents;
  }

  static async create(): Promise<Movings> {
    const [server, root] = await Promise.all([startServer(), mkdtemp(join(tmpdir(), 'hongyan-move-'))]);
    const store = await openSqliteStore({ directory: root });
    await fill(store);
    const contents = await contentsOf(store);
    await store.close();
    return new Movings(server, root, contents);
  }

  async next(): Promise<Moving> {
    const schema = `moved_${++this.#count}`;
    const directory = join(this.#root, schema);
    await cp(join(this.#root, 'hongyan.db'), join(directory, 'hongyan.db'));
    const target = { url: this.#server.url, schema, partitionCount: 2 };
    return {
      directory,
      schema,
      move: (options = {}) => move({ directory, ...target, ...options }),
      programArguments: (rowsMax) => [directory, target.url, schema, String(rowsMax)],
      openSource: () => openSqliteStore({ directory }),
      openTarget: () => openPostgresStore(target),
      async query(sql) {
        const connection = await Connection.open(target, []);
        return connection.execute(sql).finally(() => connection.close());
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server[Symbol.asyncDispose]();
    await rm(this.#root, { recursive: true });
  }
}
