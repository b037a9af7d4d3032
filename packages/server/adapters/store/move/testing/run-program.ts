import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./move-in-batches.ts', import.meta.url));

export interface Run {
  lines: string[];
  /** Whether it came to its end. */
  isFinished: boolean;
}

/**
 * Runs the program as a process of its own, and kills it (SIGKILL) when it has printed `linesMax` lines; it may have gone on a
 * little by then. One that was let through to the comparison is not killed any more.
 */
export async function runProgram(
  programArguments: readonly string[],
  linesMax = Number.POSITIVE_INFINITY,
): Promise<Run> {
  const child = spawn(process.execPath, [program, ...programArguments], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (child.stdin.writableEnded) continue;
    if (lines.length >= linesMax) child.kill('SIGKILL');
    else if (line.startsWith('verifying')) child.stdin.end();
  }
  const [code, signal] = await exited;
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the program ended with code ${code}`);
  return { lines, isFinished: code === 0 };
}
