import { readFile } from 'node:fs/promises';
import { build } from 'vite';
import { expect, test } from 'vitest';

test('[O2] it is bundled for a browser without anything of Node', async () => {
  const warnings: string[] = [];
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    customLogger: {
      ...{ info() {}, error() {}, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false },
      warn: (text) => void warnings.push(text),
      warnOnce: (text) => void warnings.push(text),
    },
    build: {
      write: false,
      target: 'es2024',
      rolldownOptions: {
        input: new URL('index.ts', import.meta.url).pathname,
        preserveEntrySignatures: 'strict',
      },
    },
  });
  if (!('output' in built)) throw new Error('one build was expected');
  const modules = built.output.flatMap((part) => (part.type === 'chunk' ? Object.keys(part.modules) : []));
  expect(modules.some((name) => name.endsWith('logic/sending.ts'))).toBe(true);
  expect(modules.filter((name) => /__vite-browser-external|node:|node_modules\/(?!zod)/.test(name))).toEqual([]);
  expect(warnings.filter((text) => text.includes('externalized'))).toEqual([]);
});

test('[O2] every call of REST that the SDK makes is answered', async () => {
  const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
  const [sdk, fake] = [await read('../sdk/rest.ts'), await read('rest.ts')];
  const called = [...sdk.matchAll(/[`'](\/v1\/[a-z-]+(?:\/[a-z]+)?)/g)].map(([, path]) => path ?? '');
  expect(called.length).toBeGreaterThan(8);
  expect(called.filter((path) => !fake.includes(` ${path}`))).toEqual([]);
});
