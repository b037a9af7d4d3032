import { afterAll, beforeAll, expect, test } from 'vitest';
import { conversations } from '../../packages/server/adapters/store/move/testing/installation.ts';
import { Movings } from '../../packages/server/adapters/store/move/testing/moving.ts';
import { runProgram } from '../../packages/server/adapters/store/move/testing/run-program.ts';
import {
  startServer as startPostgres,
  type TestServer,
} from '../../packages/server/adapters/store/postgres/testing/server.ts';
import { run } from './kit/command.ts';

let postgres: TestServer;
let movings: Movings;
beforeAll(async () => {
  [postgres, movings] = await Promise.all([startPostgres(), Movings.create()]);
});
afterAll(async () => {
  await Promise.all([movings?.[Symbol.asyncDispose](), postgres?.[Symbol.asyncDispose]()]);
});

test('[M3] what differs is named, and the exit code is 1; then it can be neither served nor begun anew', async () => {
  const { directory } = await movings.next();
  const [conversationId = ''] = conversations.keys();
  await runProgram([directory, postgres.url, 'hongyan', '1000', 'verifying']);
  await postgres.query(`UPDATE hongyan.entries SET body = '' WHERE conversation_id = '${conversationId}' AND seq = 2`);
  const migrate = () => run(['migrate', '--from', `sqlite:${directory}`], { HONGYAN_STORE: postgres.url });
  for (const ended of [await migrate(), await migrate()]) {
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`conversation ${conversationId}: entries: other content in 900 rows`);
    expect(ended.stderr).toContain('both sides are not the same');
  }
  const served = await run(['serve', '--port', '0'], { HONGYAN_STORE: postgres.url });
  expect(served).toMatchObject({ code: 1 });
  expect(served.stderr).toContain('being filled by "migrate"');
});

test('[M3] without a terminal it prints plain lines: how each phase begins and ends, and what to do next', async () => {
  const { directory } = await movings.next();
  await postgres.query('CREATE DATABASE lines');
  const url = postgres.url.replace('/postgres?', '/lines?');
  const { code, stdout, stderr } = await run(['migrate', '--from', `sqlite:${directory}`, '--to', url]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.trim().split('\n')).toEqual([
    expect.stringMatching(/^Copying +0 % /),
    expect.stringMatching(/^Copying +100 % .* of [\d,]+ rows/),
    expect.stringMatching(/^Comparing +0 % /),
    expect.stringMatching(/^Comparing +100 % /),
    expect.stringContaining('both sides are the same'),
    expect.stringContaining('HONGYAN_STORE'),
  ]);
});

test.each([
  [['--to', 'postgres://localhost/x'], '--from must be sqlite: and a data directory, not ""'],
  [['--from', './data', '--to', 'postgres://localhost/x'], '--from must be sqlite: and a data directory, not "./data"'],
  [['--from', 'sqlite:./data'], '--to (or HONGYAN_STORE) must be a postgres:// URL'],
  [['--from', 'sqlite:./data', '--to', 'mysql://localhost/x'], '--to (or HONGYAN_STORE) must be a postgres:// URL'],
  [['--form', 'sqlite:./data'], "Unknown option '--form'; see migrate --help"],
])('[P9] %j is refused in words', async (options, message) => {
  expect(await run(['migrate', ...options], { HONGYAN_STORE: '' })).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: `hongyan: ${message}\n`,
  });
});

test('[M3] --help tells of the command, and of how to use it', async () => {
  expect((await run(['--help'])).stdout).toContain('migrate --help');
  const { code, stdout } = await run(['migrate', '--help']);
  expect(code).toBe(0);
  for (const word of ['--from', '--to', 'HONGYAN_STORE']) expect(stdout).toContain(word);
});
