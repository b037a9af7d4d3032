import { existsSync, readdirSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { run, StepError } from './run.mjs';
import { contentFingerprint, isFresh, writeStamp } from './stamp.mjs';

const STAMP = '.hongyan-install';
const NODE_MIN = [20, 19];
const INSTALL_TIMEOUT_MS = 900_000;

/** What the installed packages follow from. */
export function installFingerprint() {
  const manifests = ['packages', 'apps'].flatMap((folder) =>
    readdirSync(inRoot(folder))
      .sort()
      .map((name) => inRoot(folder, name, 'package.json')),
  );
  const files = [inRoot('package.json'), inRoot('package-lock.json'), ...manifests].filter((path) => existsSync(path));
  return contentFingerprint(files, process.platform, process.arch);
}

/** Installs the packages unless they are there already. Throws StepError. */
export async function ensureInstalled() {
  checkNodeVersion();
  const fingerprint = installFingerprint();
  if (isFresh(STAMP, fingerprint)) return;
  console.log('Installing packages; this happens once …');
  const code = await runNpm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 127)
    throw new StepError('npm is not there. Install Node.js with npm (https://nodejs.org) and try again.');
  if (code !== 0) {
    throw new StepError(
      `Installing failed (exit code ${code}); npm says why above. It needs the network and the npm registry.\n` +
        '  Try it by hand:   npm install --no-save\n' +
        '  Which registry:   npm config get registry',
    );
  }
  writeStamp(STAMP, fingerprint);
}

function checkNodeVersion() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [majorMin, minorMin] = NODE_MIN;
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return;
  throw new StepError(
    `This needs Node.js ${NODE_MIN.join('.')} or newer; this is ${process.version} (https://nodejs.org).`,
  );
}

/** The npm that started us, or else the one in the path. */
function runNpm(args) {
  const options = { timeoutMs: INSTALL_TIMEOUT_MS, env: process.env };
  const npm = process.env.npm_execpath;
  if (npm?.endsWith('.js')) return run(process.execPath, [npm, ...args], options);
  return run('npm', args, { ...options, shell: process.platform === 'win32' });
}
