import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

/** What every application carries, and what one does that takes all that is optional. */
const BASE_KB_MAX = 46;
const WHOLE_KB_MAX = 56;

const sdk = (path: string) => new URL(`../../packages/sdk/${path}`, import.meta.url).pathname;
const OPTIONAL = [
  'links.ts',
  'presence/index.ts',
  'search/index.ts',
  'shell/live-questions.ts',
  'transports/long-polling-fallback.ts',
].map(sdk);

/** The SDK with everything these entries export, as an application's bundler delivers it to a browser. */
async function bundled(entries: string[]): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      target: 'es2024',
      modulePreload: false,
      rolldownOptions: { input: entries, preserveEntrySignatures: 'strict' },
    },
  });
  if (!('output' in built)) throw new Error('one build was expected');
  return built.output.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
}

const gzippedKb = (code: string) => gzipSync(code).length / 1024;

test(`[O2] the SDK has at most ${BASE_KB_MAX} KB gzipped, ${WHOLE_KB_MAX} KB with all that is optional`, async () => {
  const base = await bundled([sdk('index.ts')]);
  const whole = await bundled([sdk('index.ts'), ...OPTIONAL]);
  expect(base).toContain('/v1/gateways');
  expect(base).not.toContain('/v1/poll');
  expect(whole).toContain('/v1/poll');
  expect(gzippedKb(base)).toBeLessThanOrEqual(BASE_KB_MAX);
  expect(gzippedKb(whole)).toBeLessThanOrEqual(WHOLE_KB_MAX);
});
