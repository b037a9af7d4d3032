import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../testing/server.ts';
import { bodies, integers, texts } from './arrays.ts';
import { integer, optionalBytes, text } from './columns.ts';
import { Connection } from './connection.ts';
import { call, type Statement } from './statement.ts';

const echo: Statement = {
  name: 'echo',
  text: 'SELECT * FROM unnest($1::text[], $2::bigint[], $3::bytea[]) AS e(a, b, c)',
};

let server: TestServer;
let connection: Connection;
beforeAll(async () => {
  server = await startServer();
  connection = await Connection.open({ url: server.url, schema: 'public' }, [echo]);
});
afterAll(async () => {
  await connection?.close();
  await server?.[Symbol.asyncDispose]();
});

test('[P3] columns arrive at the server as they were, and come back so', async () => {
  const row = fc.record({
    // Every text there is but for the one character that PostgreSQL has no place for.
    a: fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '')),
    b: fc.maxSafeInteger(),
    c: fc.option(fc.uint8Array({ maxLength: 300 }), { nil: undefined }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(row), async (rows) => {
      const columns = [texts(rows.map(({ a }) => a)), integers(rows.map(({ b }) => b)), bodies(rows.map(({ c }) => c))];
      const [found = []] = await connection.run([call(echo, ...columns)]);
      expect(found.map((one) => ({ a: text(one, 0), b: integer(one, 1), c: optionalBytes(one, 2) }))).toEqual(rows);
    }),
  );
});
