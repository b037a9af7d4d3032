import { expect, test } from 'vitest';
import { message, whole } from '../testing/message.ts';
import { openPostgresStore } from './index.ts';
import { embeddedBinaries } from './testing/binaries.ts';
import { startServer } from './testing/server.ts';
import { Connection } from './wire/connection.ts';

test.each([
  ['synchronous_commit', 'off'],
  ['fsync', 'off'],
])('[LOG-1] a server with %s = %s is refused, with the reason', async (setting, value) => {
  await using server = await startServer({ settings: { [setting]: value } });
  const opened = openPostgresStore({ url: server.url });
  await expect(opened).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'not-durable' });
  await expect(opened).rejects.toThrow(setting);
  expect(await server.query("SELECT to_regnamespace('hongyan') AS schema")).toEqual([{ schema: null }]);
});

test.each(['local', 'remote_write'])(
  '[LOG-1] a server that names a standby and waits for less than its disk (%s) is refused',
  async (value) => {
    await using server = await startServer({
      settings: { synchronous_standby_names: 'south', synchronous_commit: value },
    });
    const opened = openPostgresStore({ url: server.url });
    await expect(opened).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'not-durable' });
    await expect(opened).rejects.toThrow(`synchronous_commit is ${value}`);
  },
);

test('[LOG-1] a standby that is named while a session lives is waited for, whatever was waited for before', async () => {
  await using server = await startServer({ settings: { synchronous_commit: 'local' } });
  const connection = await Connection.open({ url: server.url, schema: 'public' }, []);
  expect(connection.standing).toMatchObject({ timeline: 1, synchronousStandbys: '' });
  expect(await connection.execute('SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  await connection.close();
});

test('[LOG-1] what is configured while a session lives does not make its commits less durable', async () => {
  await using server = await startServer();
  const connection = await Connection.open({ url: server.url, schema: 'public' }, []);
  await server.query('ALTER SYSTEM SET synchronous_commit = off');
  await server.query('SELECT pg_reload_conf()');
  const inNewSession = async () => (await server.query('SHOW synchronous_commit'))[0]?.synchronous_commit;
  while ((await inNewSession()) !== 'off');
  expect(await connection.execute('SHOW synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  await connection.close();
  await expect(openPostgresStore({ url: server.url })).rejects.toMatchObject({ reason: 'not-durable' });
});

test('[LOG-3] the newest PostgreSQL keeps logs as the oldest does', async () => {
  await using server = await startServer({ binaries: await embeddedBinaries() });
  const [{ version } = {}] = await server.query("SELECT current_setting('server_version_num')::int AS version");
  expect(version).toBeGreaterThanOrEqual(180_000);
  const store = await openPostgresStore({ url: server.url });
  const requests = Array.from({ length: 50 }, (_, at) => message(`m${at}`));
  const answers = await Promise.all([...requests, ...requests].map((request) => store.log.append(request)));
  expect(answers.filter(({ duplicate }) => duplicate)).toHaveLength(50);
  const { conversationId, senderId } = message('');
  const entries = await store.log.read(whole(conversationId));
  expect(entries.map(({ seq }) => seq)).toEqual(requests.map((_, at) => at + 1));
  expect(await store.log.heads(senderId, 9)).toMatchObject([{ conversationId, lastSeq: 50 }]);
  await store.close();
});

test('[P9] a database that cannot hold every text is refused', async () => {
  await using server = await startServer();
  await server.query("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
  const opened = openPostgresStore({ url: server.url.replace('/postgres?', '/narrow?') });
  await expect(opened).rejects.toMatchObject({ name: 'StoreOpenError', reason: 'unsupported-engine' });
});

test('[P9] a server that is not there, a schema that cannot be and a URL with options are typed errors', async () => {
  const failed = { name: 'StoreOpenError', reason: 'failed' };
  const url = 'postgres://nobody@127.0.0.1:1/nothing';
  await expect(openPostgresStore({ url })).rejects.toMatchObject(failed);
  await expect(openPostgresStore({ url, schema: 'a; DROP' })).rejects.toMatchObject(failed);
  await expect(openPostgresStore({ url: `${url}?options=-cfsync` })).rejects.toMatchObject(failed);
});
