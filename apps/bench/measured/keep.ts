import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandOf } from './command-of.ts';
import { MEASURED_FOLDER, type Measured } from './measured.ts';

const ROOT = new URL('../../../', import.meta.url).pathname;
const FORMAT_DEADLINE_MS = 30_000;

export interface KeepOptions {
  /** Kebab-case. A result that was kept under the same name is replaced. */
  name: string;
  /** Of the bench. */
  args: readonly string[];
  result: object;
  folder?: string;
}

/** Writes a result to where `npm run plots` finds it, and returns a line that says so. */
export function keep({ name, args, result, folder = MEASURED_FOLDER }: KeepOptions): string {
  const measured: Measured = {
    name,
    command: commandOf(args),
    measuredOn: new Date().toISOString().slice(0, 'yyyy-mm-dd'.length),
    result: { ...result },
  };
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.json`);
  const json = `${JSON.stringify(measured)}\n`;
  // A run may take half an hour, so it is on disk before anything else can fail.
  writeFileSync(path, json);
  writeFileSync(path, formatted(json));
  return `kept in ${relative(process.cwd(), path)}`;
}

/** As `npm run lint` wants it. */
function formatted(json: string): string {
  const biome = fileURLToPath(import.meta.resolve('@biomejs/biome/bin/biome'));
  return execFileSync(process.execPath, [biome, 'format', '--stdin-file-path=docs/measured/result.json'], {
    cwd: ROOT,
    input: json,
    encoding: 'utf8',
    timeout: FORMAT_DEADLINE_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
}
