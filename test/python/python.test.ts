import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPython } from '../../scripts/lib/python.mjs';
import { raiseStage } from '../e2e/kit/stage.ts';
import { createAccount } from '../wire/running-server.ts';
import { compileSchema, PythonClient } from './python-client.ts';

const PASSWORD = 'correct horse battery';

const stage = raiseStage();
let schema: string;
let client: PythonClient;

beforeAll(async () => {
  const python = findPython();
  if (python === undefined) throw new Error('there is no Python with protobuf; npm test says how to get it');
  schema = compileSchema();
  const { server } = stage;
  await createAccount(server.url, 'guido');
  client = new PythonClient({
    python,
    schema,
    url: server.url,
    tcpPort: server.tcpPort,
    handle: 'guido',
    password: PASSWORD,
  });
});

afterAll(async () => {
  await client?.end();
  rmSync(schema, { recursive: true, force: true });
});

test('[O4] a client written from the rules alone talks with the web client, and resumes what was cut', async () => {
  const anna = await stage.open('anna');
  await anna.signUp('Anna');
  await client.next({ event: 'synced' });

  client.command('say anna 你好 from Python');
  await anna.page.click('[data-testid="conversation-item"]:has-text("guido")');
  await anna.sees('你好 from Python');
  await client.next({ event: 'receipt', read: 1 });

  await anna.write('and good day to you');
  expect(await client.next({ event: 'message', seq: 2 })).toMatchObject({ mine: false, text: 'and good day to you' });
  client.command('read anna');
  await anna.sees('and good day to you', 'read');

  client.command('cut');
  await client.next({ event: 'offline' });
  await client.next({ event: 'welcome', resumed: true });
  client.command('say anna after the cut');
  await client.next({ event: 'sent', seq: 3 });
  await anna.sees('after the cut');

  await stage.server.end('SIGKILL');
  await client.next({ event: 'offline' });
  await stage.server.start();
  await client.next({ event: 'welcome', resumed: false });
  client.command('say anna after the crash');
  await client.next({ event: 'sent', seq: 4 });
  await anna.sees('after the crash');
});
