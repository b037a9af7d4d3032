import { existsSync } from 'node:fs';
import { run } from './run.mjs';

/** Installs packages where that is possible, as root on Debian; does nothing elsewhere. Throws StepError when it fails. */
export async function installFromDebian(packages, purpose) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing ${packages.join(', ')} for ${purpose} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env });
  await run('apt-get', ['install', '-y', '-qq', ...packages], { env });
}
