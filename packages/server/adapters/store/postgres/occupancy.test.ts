import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgresStore } from './index.ts';
import { MOVE_TABLE, occupySchema } from './occupancy.ts';
import { startServer, type TestServer } from './testing/server.ts';
import { Connection } from './wire/connection.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

const open = (schema: string) => openPostgresStore({ url: server.url, schema, partitionCount: 1 });

test('[M3] a move keeps nodes out of its schema, and of no other, until its session ends', async () => {
  const connection = await Connection.open({ url: server.url, schema: 'moved' }, []);
  await occupySchema(connection, 'moved');
  await expect(open('moved')).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'unfinished-move' });
  await (await open('another')).close();
  await connection.close();
  await (await open('moved')).close();
});

test('[M3] a schema with nodes in it is not given to a move', async () => {
  const store = await open('nodes');
  await store.secrets.keep('a', Uint8Array.of(1));
  const connection = await Connection.open({ url: server.url, schema: 'nodes' }, []);
  await expect(occupySchema(connection, 'nodes')).rejects.toMatchObject({ reason: 'database-in-use' });
  await store.close();
  await occupySchema(connection, 'nodes');
  await connection.close();
});

test('[M3] what a move has left unfinished is not opened', async () => {
  await (await open('left')).close();
  await server.query(`CREATE TABLE "left".${MOVE_TABLE} (x int)`);
  await expect(open('left')).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'unfinished-move' });
  await server.query(`DROP TABLE "left".${MOVE_TABLE}`);
  await (await open('left')).close();
});
