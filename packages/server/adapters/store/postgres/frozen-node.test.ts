import { Client } from 'pg';
import { expect, test } from 'vitest';
import { message } from '../testing/message.ts';
import { openPostgresStore } from './index.ts';
import { startServer } from './testing/server.ts';
import { sessionOptions } from './wire/settings.ts';

test('[L2] a node that stands still within a transaction fails nobody who waits for what it has locked', async () => {
  await using server = await startServer();
  const store = await openPostgresStore({ url: server.url });
  const first = await store.log.append(message('m1'));
  const [found] = await server.query(`SELECT schemaname FROM pg_tables WHERE tablename = 'conversations'`);
  const frozen = new Client({ connectionString: server.url, options: sessionOptions(String(found?.schemaname)) });
  const cut = new Promise<Error>((resolve) => frozen.on('error', resolve));
  await frozen.connect();
  await frozen.query('BEGIN');
  await frozen.query(`SELECT FROM conversations WHERE conversation_id = '${first.conversationId}' FOR NO KEY UPDATE`);
  expect((await store.log.append(message('m2'))).seq).toBe(first.seq + 1);
  expect((await cut).message).toContain('idle-in-transaction');
  await store.close();
});
