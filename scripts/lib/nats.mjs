import { existsSync } from 'node:fs';
import { installFromDebian } from './debian.mjs';
import { StepError } from './run.mjs';

const packages = ['nats-server'];
/** Where the tests look for it. */
const places = ['/usr/sbin/nats-server', '/usr/bin/nats-server', '/usr/local/bin/nats-server'];

const isThere = () => places.some(existsSync);

/** Sees that the tests of a cluster have NATS; root on Debian gets it installed. Throws StepError. */
export async function ensureNats() {
  if (isThere()) return;
  await installFromDebian(packages, 'the tests of a cluster');
  if (isThere()) return;
  throw new StepError(
    `The tests of a cluster need NATS: install ${packages} (Debian, Ubuntu), or see that one of ` +
      `${places.join(', ')} is there.`,
  );
}
