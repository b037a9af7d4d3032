import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';

const root = new URL('../..', import.meta.url).pathname;
const KEY = 'a-key-that-the-operator-gave-to-the-process';
let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.prepare(['--api-key', KEY]);
  await server.start();
});
afterAll(() => server?.dispose());

test('[O1, O2] the commands of the guide for backends run as they stand, one after another', async () => {
  const guide = await readFile(join(root, 'docs/backend.md'), 'utf8');
  const commands = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block]) => block).join('\n');
  const script = `set -euo pipefail\n${commands.replace('http://localhost:8080', server.url)}`;
  const child = spawn('bash', ['-c', script], { env: { ...process.env, HONGYAN_API_KEY: KEY } });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  expect([code, errors], output).toEqual([0, '']);
  const last = JSON.parse(output.slice(output.lastIndexOf('{"messages":')));
  expect(last.messages).toMatchObject([
    { content: { text: expect.stringMatching(/^Hello <@u\w{16}>!$/) }, reactions: [{ emoji: ['👍'] }] },
    { erased: true },
  ]);
  expect(JSON.stringify(last)).not.toContain('rude');
});
