import { existsSync } from 'node:fs';
import { installFingerprint } from './install.mjs';
import { inRoot, installedNode } from './paths.mjs';
import { run, StepError } from './run.mjs';
import { isFresh, treeFingerprint, writeStamp } from './stamp.mjs';

const STAMP = '.hongyan-web';
const sources = ['apps/web', 'packages/sdk', 'packages/protocol'];

/** Builds the web client into apps/web/dist unless it is there and nothing has changed. Throws StepError. */
export async function ensureWebClient() {
  const fingerprint = treeFingerprint(
    sources.map((folder) => inRoot(folder)),
    installFingerprint(),
  );
  if (existsSync(inRoot('apps/web/dist/index.html')) && isFresh(STAMP, fingerprint)) return;
  console.log('Building the web client …');
  const vite = inRoot('node_modules/vite/bin/vite.js');
  const config = inRoot('apps/web/vite.config.ts');
  const code = await run(installedNode(), [vite, 'build', '--config', config, '--logLevel', 'warn']);
  if (code !== 0) throw new StepError(`Building the web client failed (exit code ${code}); see above.`);
  writeStamp(STAMP, fingerprint);
}
