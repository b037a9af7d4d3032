import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** What a program prints until it is killed (SIGKILL), which happens at its line `killedAtLine`. */
export async function linesUntilKilled(program: URL, argument: string, killedAtLine: number): Promise<string[]> {
  const child = spawn(process.execPath, [fileURLToPath(program), argument], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (lines.length === killedAtLine) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return lines;
}
