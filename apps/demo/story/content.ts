import { readFileSync } from 'node:fs';
import { parseScript, type Scene } from './script.ts';

const read = (path: string): string => readFileSync(new URL(`../content/${path}.txt`, import.meta.url), 'utf8');

/** Scenes that could be of any day. */
export const topic = (name: string): Scene[] => parseScript(read(`topics/${name}`));

/** Scenes that happened last. */
export const recent = (name: string): Scene[] => parseScript(read(`recent/${name}`));

/** By name, what can be put where a script has the name in braces. */
export function readSlots(): ReadonlyMap<string, readonly string[]> {
  return new Map(
    read('slots')
      .trim()
      .split('\n')
      .map((line) => {
        const at = line.indexOf(': ');
        return [line.slice(0, at), line.slice(at + 2).split(' | ')];
      }),
  );
}
