import { expect, test } from 'vitest';
import { openPostgresStore } from './index.ts';
import { message } from './testing/message.ts';
import { startServer } from './testing/server.ts';

test.each([
  ['synchronous_commit', 'off'],
  ['fsync', 'off'],
])('[LOG-1] a server with %s = %s is refused, with the reason', async (setting, value) => {
  await using server = await startServer({ [setting]: value });
  const opened = openPostgresStore({ url: server.url });
  await expect(opened).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'not-durable' });
  await expect(opened).rejects.toThrow(setting);
  expect(await server.query("SELECT to_regnamespace('hongyan') AS schema")).toEqual([{ schema: null }]);
});

test('[LOG-1] what is configured while the store is open does not make its commits less durable', async () => {
  await using server = await startServer();
  const store = await openPostgresStore({ url: server.url, appendLanes: 1, readLanes: 1 });
  await store.log.append(message('m1'));
  await server.query('ALTER SYSTEM SET synchronous_commit = off');
  await server.query('SELECT pg_reload_conf()');
  expect((await store.log.append(message('m2'))).seq).toBe(2);
  await store.close();
  await expect(openPostgresStore({ url: server.url })).rejects.toMatchObject({ reason: 'not-durable' });
});

test('[P9] a server that is not there, a schema that cannot be and a URL with options are typed errors', async () => {
  const failed = { name: 'StoreOpenError', reason: 'failed' };
  const url = 'postgres://nobody@127.0.0.1:1/nothing';
  await expect(openPostgresStore({ url })).rejects.toMatchObject(failed);
  await expect(openPostgresStore({ url, schema: 'a; DROP' })).rejects.toMatchObject(failed);
  await expect(openPostgresStore({ url: `${url}?options=-cfsync` })).rejects.toMatchObject(failed);
});
