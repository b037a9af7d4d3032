import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

const GZIPPED_KB_MAX = 50;
const entry = new URL('../../packages/sdk/index.ts', import.meta.url).pathname;

/** The SDK with everything it exports, as an application's bundler delivers it to a browser. */
async function bundled(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2024',
      modulePreload: false,
      rolldownOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  });
  if (!('output' in built)) throw new Error('one build was expected');
  return built.output.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
}

test(`[O2] the SDK has at most ${GZIPPED_KB_MAX} KB gzipped`, async () => {
  const code = await bundled();
  expect(code).toContain('/v1/gateways');
  expect(gzipSync(code).length / 1024).toBeLessThanOrEqual(GZIPPED_KB_MAX);
});
