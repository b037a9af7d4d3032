import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && /\.(ts|vue)$/.test(file.name))
    .map((file) => relative(root, join(file.parentPath, file.name)))
    .filter((path) => !path.includes('node_modules') && !path.includes('/dist/'));
}

const imports = (path: string) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((m) => m[1] as string);

const product = (folder: string) => sources(folder).filter((path) => !path.endsWith('.test.ts'));

/** Which of our packages may be used where. Tests may use the testkit and whatever they test. */
const allowed: Record<string, string[]> = {
  'packages/protocol': [],
  'packages/core': ['@hongyan/protocol'],
  'packages/server': ['@hongyan/protocol', '@hongyan/core'],
  'packages/sdk': ['@hongyan/protocol'],
  'packages/fake-server': ['@hongyan/protocol', '@hongyan/core', '@hongyan/server', '@hongyan/sdk'],
  'packages/testkit': ['@hongyan/protocol', '@hongyan/core', '@hongyan/server', '@hongyan/sdk'],
  'apps/server': ['@hongyan/server'],
  'apps/web': ['@hongyan/sdk'],
  'apps/cli': ['@hongyan/sdk'],
  'apps/sim': ['@hongyan/testkit'],
  'apps/demo': ['@hongyan/server', '@hongyan/protocol', '@hongyan/testkit'],
  'apps/bench': ['@hongyan/app-server', '@hongyan/sdk', '@hongyan/protocol', '@hongyan/testkit'],
};

const packageOf = (specifier: string) => specifier.split('/').slice(0, 2).join('/');

describe('directions', () => {
  test.each(Object.entries(allowed))('%s uses only what is below it', (folder, packages) => {
    const paths = product(folder);
    expect(paths.length).toBeGreaterThan(0);
    const wrong = paths.flatMap((path) =>
      imports(path)
        .filter((name) => name.startsWith('@hongyan/') && !packages.includes(packageOf(name)))
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('no file reaches into another package by a path', () => {
    const wrong = Object.keys(allowed).flatMap((folder) =>
      product(folder).flatMap((path) =>
        imports(path)
          .filter((name) => name.startsWith('.') && !join(path, '..', name).startsWith(folder))
          .map((name) => `${path} imports ${name}`),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.each(['packages/core', 'packages/sdk/engine', 'packages/protocol'])(
    '%s has no clock, randomness, timers, I/O or node:',
    (folder) => {
      const impure =
        /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bset(Timeout|Interval|Immediate)\b|\bfetch\(|\bperformance\.|\bcrypto\.|'node:/;
      const wrong = product(folder).filter((path) => impure.test(readFileSync(join(root, path), 'utf8')));
      expect(wrong).toEqual([]);
    },
  );

  test('only compose/ names the adapters', () => {
    const wrong = product('packages/server')
      .filter((path) => !/\/(adapters|testing|compose)\//.test(path))
      .filter((path) => imports(path).some((name) => name.includes('/adapters/')));
    expect(wrong).toEqual([]);
  });

  test('protobufjs is for the generator and for tests only', () => {
    const wrong = Object.keys(allowed)
      .flatMap(product)
      .filter((path) => imports(path).some((name) => name.startsWith('protobufjs')))
      .filter((path) => !path.startsWith('packages/protocol/testing/'));
    expect(wrong).toEqual([]);
  });

  test('the web client uses the SDK through its public doors', () => {
    const inner = /^@hongyan\/sdk\/(?!(links|live-questions|long-polling|presence|search)$)/;
    const wrong = product('apps/web').flatMap((path) => imports(path).filter((name) => inner.test(name)));
    expect(wrong).toEqual([]);
  });
});
