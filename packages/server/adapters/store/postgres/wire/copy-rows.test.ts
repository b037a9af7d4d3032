import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer, type TestServer } from '../testing/server.ts';
import { Connection } from './connection.ts';
import { CopyRows, type CopyValue } from './copy-rows.ts';
import { call, type Statement } from './statement.ts';

const copy: Statement = { name: 'copy', text: 'COPY things (name, number, body) FROM STDIN (FORMAT binary)' };
const note: Statement = { name: 'note', text: 'INSERT INTO notes VALUES ($1)' };

let server: TestServer;
let connection: Connection;
beforeAll(async () => {
  server = await startServer();
  connection = await Connection.open({ url: server.url, schema: 'public' }, []);
  await connection.execute('CREATE TABLE things (name text PRIMARY KEY, number bigint, body bytea)');
  await connection.execute('CREATE TABLE notes (note text)');
  await connection.prepare([copy, note]);
});
afterAll(async () => {
  await connection?.close();
  await server?.[Symbol.asyncDispose]();
});

const copyCall = (rows: readonly CopyValue[][]) => {
  const packed = new CopyRows();
  for (const row of rows) packed.add(row);
  return { ...call(copy), copied: packed.finish() };
};
const stored = () =>
  connection.execute(`SELECT name, number::text AS number, encode(body, 'hex') AS body FROM things ORDER BY name`);

test('[M3] rows arrive as they are: large and negative numbers, any text, empty and large bodies', async () => {
  const rows: CopyValue[][] = [
    ['', 0, new Uint8Array(0)],
    ['a', Number.MAX_SAFE_INTEGER, Uint8Array.of(0, 255, 10, 92)],
    ['b', -1, new Uint8Array(300_000).fill(7)],
    ['c', -(2 ** 32) - 5, Uint8Array.of(1)],
    ['鸿雁 \\N \n\t🙂', 2 ** 32 + 5, Uint8Array.of(2)],
  ];
  await connection.run([copyCall(rows)]);
  expect(await stored()).toEqual(
    rows.map(([name, number, body]) => ({
      name,
      number: String(number),
      body: Buffer.from(body as Uint8Array).toString('hex'),
    })),
  );
});

test('[M3] a copy and what comes with it are one transaction, and the connection is as good after a failure', async () => {
  await connection.execute('TRUNCATE things, notes');
  const row = ['x', 1, Uint8Array.of(1)];
  await connection.run([copyCall([row]), call(note, 'first')]);
  await expect(connection.run([call(note, 'second'), copyCall([['y', 1, Uint8Array.of(1)], row])])).rejects.toThrow(
    'duplicate key',
  );
  await expect(connection.run([call(note, 'a\0b'), copyCall([['z', 1, Uint8Array.of(1)]])])).rejects.toThrow('0x00');
  await connection.run([call(note, 'third'), copyCall([])]);
  expect((await stored()).map(({ name }) => name)).toEqual(['x']);
  expect(await connection.execute('SELECT note FROM notes ORDER BY note')).toEqual([
    { note: 'first' },
    { note: 'third' },
  ]);
});
