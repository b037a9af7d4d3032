import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const rules = [...readFileSync(join(root, 'spec/RULES.md'), 'utf8').matchAll(/^- \*\*([A-Z]{3}-\d+)\*\*/gm)].map(
  (match) => match[1] as string,
);

const testFiles = ['packages', 'apps', 'test']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((file) => file.isFile() && !file.parentPath.includes('node_modules'))
  .filter((file) => /\.test\.ts$/.test(file.name) || /contracts?\b/.test(file.parentPath))
  .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'));

/** Rules named in brackets at the start of a test's title: `[LOG-2] …` or `[LOG-2, SYN-3] …`. */
const named = new Set(
  testFiles
    .flatMap((text) => [...text.matchAll(/['"`]\[([^\]]+)\]/g)])
    .flatMap((match) => (match[1] as string).split(/[\s,]+/))
    .filter((name) => /^[A-Z]{3}-\d+$/.test(name)),
);

describe('rules and tests', () => {
  test('every rule has a test that names it', () => {
    expect(rules.filter((rule) => !named.has(rule))).toEqual([]);
  });

  test('every rule a test names exists', () => {
    expect([...named].filter((name) => !rules.includes(name))).toEqual([]);
  });

  test('no rule number is given twice', () => {
    expect(rules).toEqual([...new Set(rules)]);
  });
});
