import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';

const root = new URL('../..', import.meta.url).pathname;
let server: ServerProcess;

beforeAll(async () => {
  server = await ServerProcess.create();
});
afterAll(() => server?.dispose());

/** Runs a program text from inside the workspace, so that it finds the packages; answers what it printed. */
async function run(name: string, program: string): Promise<string> {
  const folder = join(root, '.hongyan');
  const file = join(folder, `${name}.ts`);
  await mkdir(folder, { recursive: true });
  await writeFile(file, program);
  const child = spawn(process.execPath, [file], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += chunk;
    });
  }
  const [code] = await once(child, 'exit');
  await rm(file);
  expect(output, `exit code ${code}`).not.toContain('Error');
  expect(code).toBe(0);
  return output;
}

test.each([
  ['README.md', 'example'],
  ['packages/sdk/README.md', 'sdk-example'],
])('[O2] the example in %s runs as it stands', async (path, name) => {
  const text = await readFile(join(root, path), 'utf8');
  const example = text.match(/```ts\n([\s\S]*?)```/)?.[1] ?? '';
  expect(example).toContain('http://localhost:8080');
  expect(await run(name, example.replace('http://localhost:8080', server.url))).toContain('Hello!');
});
