import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = new URL('../..', import.meta.url).pathname;
const settings = join(root, 'packages/sdk/typedoc.json');
const TIMEOUT_MS = 240_000;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hongyan-reference-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** As `npm run docs`, into a folder of the test; `complaints` are warnings and errors. */
function typedoc(options: string): Promise<{ failed: boolean; complaints: string }> {
  const program = join(root, 'node_modules/typedoc/bin/typedoc');
  const args = [program, '--options', options, '--logLevel', 'Warn', '--out', join(folder, 'out')];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, complaints: stdout + stderr }),
    );
  });
}

test(
  '[O2] the reference of the SDK is made without a warning: all that is exported, and every method, says what it is',
  async () => {
    expect(await typedoc(settings)).toEqual({ failed: false, complaints: '' });
    expect(await readdir(join(folder, 'out/functions'))).toContain('sdk_node.createClient.html');
  },
  TIMEOUT_MS,
);

test(
  '[O2] what says nothing of itself fails the reference',
  async () => {
    const write = (name: string, text: string) => writeFile(join(folder, name), text);
    await write('package.json', JSON.stringify({ name: '@hongyan/sdk', version: '0.1.0' }));
    await write('tsconfig.json', JSON.stringify({ files: ['index.ts'], compilerOptions: { types: [] } }));
    await write('index.ts', '/** Is documented. */\nexport interface Told {\n  untold(): void;\n}\n');
    const own = { entryPoints: ['index.ts'], tsconfig: 'tsconfig.json' };
    await write('typedoc.json', JSON.stringify({ extends: [settings], ...own }));
    const { failed, complaints } = await typedoc(join(folder, 'typedoc.json'));
    expect(failed).toBe(true);
    expect(complaints).toMatch(/Told\.untold .* does not have any documentation/);
  },
  TIMEOUT_MS,
);
