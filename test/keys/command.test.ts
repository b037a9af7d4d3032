import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  startServer as startPostgres,
  type TestServer,
} from '../../packages/server/adapters/store/postgres/testing/server.ts';
import { ServerProcess } from '../e2e/kit/server-process.ts';
import { run } from '../migrate/kit/command.ts';

let postgres: TestServer;
let data = '';
beforeAll(async () => {
  [postgres, data] = await Promise.all([startPostgres(), mkdtemp(join(tmpdir(), 'hongyan-keys-'))]);
});
afterAll(async () => {
  await Promise.all([postgres?.[Symbol.asyncDispose](), rm(data, { recursive: true })]);
});

const statusOf = async (url: string, key: string) =>
  (await fetch(`${url}/v1/admin/users`, { headers: { authorization: `Bearer ${key}` } })).status;

test('[A4, DEV-7] keys are made and revoked on the store of a running server, and count at once', async () => {
  await using stack = new AsyncDisposableStack();
  const server = await ServerProcess.prepare(['--store', postgres.url]);
  stack.defer(() => server.dispose());
  await server.start();
  const keys = (...words: string[]) => run(['keys', ...words], { HONGYAN_STORE: postgres.url });
  const made = await keys('create', '--name', '店 shop');
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^hyk_[\w-]{43}\n$/) });
  const key = made.stdout.trim();
  expect(await statusOf(server.url, key)).toBe(200);
  const listed = await keys('list');
  expect(listed.stdout).toMatch(
    /^k\w{16}\t店 shop\tusers,groups,messages:write,messages:read\tmade [\d: -]+\t(not )?used/,
  );
  expect(listed.stdout).not.toContain(key);
  const [keyId = ''] = listed.stdout.split('\t');
  expect(await keys('revoke', keyId)).toMatchObject({ code: 0 });
  expect(await statusOf(server.url, key)).toBe(401);
  expect(await keys('revoke', keyId)).toMatchObject({ code: 1, stderr: `hongyan: there is no key ${keyId}\n` });
});

test('[A4] on SQLite keys are made while no server runs; while one does, it is said how else', async () => {
  await using stack = new AsyncDisposableStack();
  const made = await run(['keys', 'create', '--name', 'shop', '--scopes', 'keys,users', '--data', data]);
  expect(made).toMatchObject({ code: 0 });
  const server = await ServerProcess.prepare([], data);
  stack.defer(async () => void (await server.end('SIGTERM')));
  await server.start();
  expect(await statusOf(server.url, made.stdout.trim())).toBe(200);
  const refused = await run(['keys', 'list', '--data', data]);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain('open. While a server runs on SQLite, its keys are made by POST /v1/admin/keys');
});

test.each([
  [[], 'keys is followed by create --name <name>, list, or revoke <id>; see keys --help'],
  [['create'], '--name must be 1 to 64 characters'],
  [['create', '--name', '  '], '--name must be 1 to 64 characters'],
  [
    ['create', '--name', 'x', '--scopes', 'all'],
    '--scopes must be some of users, groups, messages:write, messages:read, keys, separated by commas, not "all"',
  ],
  [['revoke'], 'keys is followed by create --name <name>, list, or revoke <id>; see keys --help'],
  [['list', '--nmae', 'x'], "Unknown option '--nmae'; see keys --help"],
])('[P9] keys %j is refused in words', async (words, message) => {
  expect(await run(['keys', ...words])).toEqual({ code: 1, stdout: '', stderr: `hongyan: ${message}\n` });
});

test('[A4] --help tells of the command, and of how to use it', async () => {
  expect((await run(['--help'])).stdout).toContain('keys --help');
  const { code, stdout } = await run(['keys', '--help']);
  expect(code).toBe(0);
  for (const word of ['create', 'list', 'revoke', '--scopes', 'HONGYAN_API_KEY']) expect(stdout).toContain(word);
});
