import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandOf } from './command-of.ts';
import { keep } from './keep.ts';
import { keptName } from './kept-name.ts';
import { MeasuredError, readMeasured } from './read.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hongyan-measured-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('[M7] a result that is kept is read again, with how and when it was measured', () => {
  const result = { scenario: 'storm', clients: 3, back: [{ atMs: 100, present: 1 }] };
  const args = ['--scenario', 'storm', '--keep', 'storm-ws', '--json'];
  expect(keep({ name: 'storm-ws', args, result, folder })).toContain('storm-ws.json');
  const [kept, ...others] = readMeasured(folder);
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ name: 'storm-ws', command: 'npm run bench -- --scenario storm --json', result });
  expect(kept?.measuredOn).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('[M7] a result that is kept is formatted, a sample a line', () => {
  const back = Array.from({ length: 20 }, (_, index) => ({ atMs: index * 100, present: index }));
  keep({ name: 'storm', args: [], result: { scenario: 'storm', back }, folder });
  expect(readFileSync(join(folder, 'storm.json'), 'utf8')).toContain('\n      { "atMs": 300, "present": 3 },\n');
});

describe('the command', () => {
  test('[M7] is what was called, without --keep', () => {
    expect(commandOf(['--keep=x', '--clients', '20'])).toBe('npm run bench -- --clients 20');
    expect(commandOf(['--clients', '20', '--keep', 'x'])).toBe('npm run bench -- --clients 20');
    expect(commandOf(['--store', "it's"])).toBe(`npm run bench -- --store 'it'\\''s'`);
  });

  test('[M7] tells no password', () => {
    const command = commandOf(['--store', 'postgres://me:secret@db:5432/hongyan', '--keep', 'x']);
    expect(command).toBe('npm run bench -- --store postgres://me:…@db:5432/hongyan');
  });
});

test.each(['', 'Direct', 'a_b', '-a', 'a-', 'a--b', '../a', 'a.json', 'a b', 'a'.repeat(65)])(
  '[M7] "%s" is no name of a result',
  (name) => expect(() => keptName(name)).toThrow('kebab-case'),
);

test('[M7] kebab-case is a name of a result', () => expect(keptName('direct-2-gateways')).toBe('direct-2-gateways'));

test.each([
  ['{', 'JSON'],
  ['[]', 'no result'],
  ['{"name":"b","command":"","measuredOn":"","result":{"scenario":"sync"}}', 'its name is b'],
  ['{"name":"a","result":{}}', 'how and when'],
  ['{"name":"a","command":"","measuredOn":"","result":{}}', 'no scenario'],
])('[M7] a file with %s is named, with what is wrong with it', (json, what) => {
  writeFileSync(join(folder, 'a.json'), json);
  expect(() => readMeasured(folder)).toThrow(MeasuredError);
  expect(() => readMeasured(folder)).toThrow(what);
});
