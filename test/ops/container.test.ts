import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { validate } from 'dockerfile-utils';
import { expect, test } from 'vitest';
import { root, textOf } from './kit/files.ts';

const text = textOf('ops/container/Containerfile');
const stages = new Map(text.split(/^FROM /m).map((stage) => [/^\S+ AS (\w+)/.exec(stage)?.[1] ?? '', stage] as const));

interface Manifest {
  name?: string;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}
const manifestOf = (folder: string) => JSON.parse(textOf(join(folder, 'package.json'))) as Manifest;

/** The folder of one of our packages and those of what it uses, as far as they are ours. */
function closure(folder: string): string[] {
  const used = Object.keys(manifestOf(folder).dependencies ?? {}).filter((name) => name.startsWith('@hongyan/'));
  return [...new Set([folder, ...used.flatMap((name) => closure(name.replace('@hongyan/', 'packages/')))])];
}

test('[M6] the container file is one, without a warning', () => {
  expect(validate(text).map(({ message }) => message)).toEqual([]);
});

test.each([
  ['web', 'apps/web'],
  ['server', 'apps/server'],
])('[M6] the stage %s has what %s uses and nothing else of ours', (stage, folder) => {
  const copied = [...(stages.get(stage) ?? '').matchAll(/^COPY (\S+) (\S+)$/gm)].map(([, from = '', to = '']) => [
    from,
    to,
  ]);
  const folders = closure(folder).sort();
  const manifests = folders.map((used) => [`${used}/package.json`, `${used}/`]);
  expect(copied.toSorted()).toEqual([...manifests, ...folders.map((used) => [used, used])].toSorted());
});

test('[M6] it is the Node that everything is tested with', () => {
  expect(/NODE_IMAGE=\S+:([\d.]+)-/.exec(text)?.[1]).toBe(manifestOf('').devDependencies?.node);
});

test('[M6] what it runs and copies by name is there', () => {
  const named = text.match(/apps\/[\w/]+\.(?:m?ts|mjs)|\b[\w-]+\.json\b|\.npmrc/g) ?? [];
  expect(named.filter((name) => name !== 'package.json' && !existsSync(join(root, name)))).toEqual([]);
});
