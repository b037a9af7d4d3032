import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, MemoryStore } from '@hongyan/sdk/node';
import { afterEach, expect, test } from 'vitest';

const main = new URL('main.ts', import.meta.url).pathname;
let directory = '';
let running: ChildProcess | undefined;

afterEach(async () => {
  await end();
  await rm(directory, { recursive: true, force: true });
});

async function end(): Promise<void> {
  if (running === undefined || running.exitCode !== null) return;
  const exited = once(running, 'exit');
  running.kill('SIGTERM');
  await exited;
}

/** Resolves with what it says once it serves. */
async function run(): Promise<string> {
  const data = join(directory, 'world');
  const child = spawn(process.execPath, [main, '--port', '0', '--tcp-port', '0', '--data', data]);
  running = child;
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.includes('Ctrl-C')) break;
  }
  return said;
}

test('[O1] the demo says where it is and who to sign in as; there is much to see, and it is there the second time', async () => {
  directory = await mkdtemp(join(tmpdir(), 'hongyan-demo-'));
  expect(await run()).toMatch(/A demo world: \d+ people, \d+ conversations, \d{4} messages/);
  await end();
  const said = await run();
  expect(said).toContain('as you left it');
  const after = (label: string) => new RegExp(`${label} +(.*?)(?:  |\\n)`).exec(said)?.[1] ?? '';
  const client = createClient({ server: after('Open'), store: new MemoryStore() });
  await client.signIn({ handle: after('Handle'), password: after('Password') });
  const seen = () => client.conversations.map(({ unreadCount }) => unreadCount);
  await expect.poll(() => seen().length, { timeout: 20_000 }).toBeGreaterThan(15);
  await expect.poll(() => seen().filter((count) => count > 0).length, { timeout: 20_000 }).toBeGreaterThan(5);
  expect(client.conversations.some(({ mentionCount }) => mentionCount > 0)).toBe(true);
  await client.close();
});
