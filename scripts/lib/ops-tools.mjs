import { existsSync } from 'node:fs';
import { installFromDebian } from './debian.mjs';
import { StepError } from './run.mjs';

const packages = ['haproxy', 'nginx-light', 'libnginx-mod-stream', 'openssl', 'systemd'];
const programs = ['haproxy', 'nginx', 'openssl', 'systemd-analyze'];
const folders = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin'];

const isMissing = (program) => !folders.some((folder) => existsSync(`${folder}/${program}`));

/** Sees that what the files in `ops/` are tested with is there, 4 MB; root on Debian gets it installed. Throws StepError. */
export async function ensureOpsTools() {
  if (!programs.some(isMissing)) return;
  await installFromDebian(packages, 'the operations files');
  if (!programs.some(isMissing)) return;
  throw new StepError(`The tests of ops/ need ${packages.join(', ')} (Debian's names): install them.`);
}
