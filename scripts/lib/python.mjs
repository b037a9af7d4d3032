import { spawnSync } from 'node:child_process';
import { installFromDebian } from './debian.mjs';
import { StepError } from './run.mjs';

const packages = ['python3', 'python3-protobuf', 'protobuf-compiler'];

/** Debian's own comes first: that is the one its packages are for. */
const interpreters = ['/usr/bin/python3', 'python3'];

const works = (command, ...args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** A Python that has protobuf's runtime, and the compiler beside it; undefined when there is none. */
export function findPython() {
  if (!works('protoc', '--version')) return undefined;
  return interpreters.find((python) => works(python, '-c', 'import google.protobuf'));
}

/** Sees that the Python client's test has what it needs; root on Debian gets it installed. Throws StepError. */
export async function ensurePython() {
  if (findPython() !== undefined) return;
  await installFromDebian(packages, 'the Python client');
  if (findPython() !== undefined) return;
  throw new StepError(`The Python client's test needs ${packages.join(', ')} (Debian's names): install them.`);
}
