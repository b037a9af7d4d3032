import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const inRoot = (...parts) => join(root, ...parts);

const binDir = inRoot('node_modules', '.bin');

/** The environment in which `node` and the tools are the installed ones. */
export const toolEnv = { ...process.env, PATH: `${binDir}${delimiter}${process.env.PATH ?? ''}` };

/** The Node that runs TypeScript as it is: the installed one, whichever started this script. */
export function installedNode() {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = [join(binDir, name), inRoot('node_modules', 'node', 'bin', name)];
  return candidates.find((path) => existsSync(path)) ?? process.execPath;
}
