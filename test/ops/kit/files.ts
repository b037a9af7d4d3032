import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';

export const root = new URL('../../..', import.meta.url).pathname;

/** Every file below `ops/`, by its path in the repository. */
export function opsFiles(folder = 'ops'): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** The documents of a YAML file, as whoever reads it in earnest sees them. Throws what is wrong with it. */
export function documentsIn(path: string): unknown[] {
  return parseAllDocuments(textOf(path), { merge: true }).map((document) => {
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined) throw new Error(`${path}: ${problem.message}`);
    return document.toJS();
  });
}
