import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root, textOf } from './kit/files.ts';
import { findProgram } from './kit/programs.ts';

/** systemd's own measure, from 0 to 10; what is left is that a server needs the network. */
const EXPOSURE_MAX = 2;
const run = promisify(execFile);
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(`${tmpdir()}/hongyan-systemd-`);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

/** The unit as it would be with the program here, under the name of an instance. */
async function placed(file: string, instance: string): Promise<string> {
  const path = join(directory, instance);
  await writeFile(path, textOf(`ops/systemd/${file}`).replaceAll('/opt/hongyan/', root));
  return path;
}

const units = [
  ['hongyan.service', 'hongyan.service'],
  ['hongyan@.service', 'hongyan@gateway-1.service'],
] as const;

test.each(units)('[M6] %s is a unit that systemd takes, and lets in little', async (file, instance) => {
  const path = await placed(file, instance);
  const analyze = findProgram('systemd-analyze');
  expect((await run(analyze, ['verify', path])).stderr).toBe('');
  const { stdout } = await run(analyze, ['security', '--offline=yes', path]);
  expect(Number(/exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1])).toBeLessThan(EXPOSURE_MAX);
});

test('[M6] one process and a process of a cluster differ only in where they keep what', () => {
  const settings = (file: string) =>
    textOf(`ops/systemd/${file}`)
      .split('\n')
      .filter((line) => /^\w+=/.test(line));
  const [one, several] = [settings('hongyan.service'), settings('hongyan@.service')];
  const different = [
    ...one.filter((line) => !several.includes(line)),
    ...several.filter((line) => !one.includes(line)),
  ];
  const names = new Set(different.map((line) => line.split('=')[0]));
  const expected = ['Description', 'Environment', 'EnvironmentFile', 'StateDirectory', 'StateDirectoryMode'];
  expect([...names].sort()).toEqual(expected);
});
