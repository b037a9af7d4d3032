import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { serverArguments } from '../../../apps/server/command.mjs';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** `hongyan …` as a process of its own, until it ends. */
export async function run(programArguments: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, serverArguments(programArguments), {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [[code], stdout, stderr] = await Promise.all([once(child, 'exit'), text(child.stdout), text(child.stderr)]);
  return { code, stdout, stderr };
}
