import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRoot, root } from './paths.mjs';

// A stamp is a file in node_modules that says from what something was made, so that it is made again only when that
// has changed.

const passedOver = new Set(['node_modules', 'dist']);

export function isFresh(name, fingerprint) {
  try {
    return readFileSync(inRoot('node_modules', name), 'utf8') === fingerprint;
  } catch {
    return false;
  }
}

export function writeStamp(name, fingerprint) {
  writeFileSync(inRoot('node_modules', name), fingerprint);
}

/** Of the contents of single files. */
export function contentFingerprint(paths, ...also) {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${relative(root, path)}\0`).update(readFileSync(path));
  return hash.update(also.join('\0')).digest('hex');
}

/** Of names, sizes and times of all files under some folders: quick, and enough to notice an edit. */
export function treeFingerprint(directories, ...also) {
  const hash = createHash('sha256');
  for (const directory of directories) for (const line of listTree(directory)) hash.update(line);
  return hash.update(also.join('\0')).digest('hex');
}

function* listTree(directory) {
  const entries = readdirSync(directory, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (passedOver.has(entry.name) || entry.name.endsWith('.test.ts')) continue;
    if (entry.isDirectory()) yield* listTree(path);
    else {
      const { size, mtimeMs } = statSync(path);
      yield `${relative(root, path)} ${size} ${mtimeMs}\n`;
    }
  }
}
