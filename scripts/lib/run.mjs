import { spawn } from 'node:child_process';
import { root, toolEnv } from './paths.mjs';

/** What ends a step with a message for people instead of a stack. */
export class StepError extends Error {}

/**
 * Runs a program in the root folder, its output being ours.
 * Resolves with its exit code: 127 when it cannot be started, 124 when it takes longer than `timeoutMs`.
 */
export function run(command, args, { timeoutMs = 600_000, stdio = 'inherit', env = toolEnv, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio, env, shell });
    let exceeded = false;
    const timer = setTimeout(() => {
      exceeded = true;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.on('error', () => settle(127));
    child.on('exit', (code) => settle(exceeded ? 124 : (code ?? 1)));
    function settle(code) {
      clearTimeout(timer);
      resolve(code);
    }
  });
}

/** Runs a script's main function; a StepError becomes its message and exit code 1. */
export async function main(task) {
  try {
    process.exitCode = await task();
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    console.error(`\nhongyan: ${error.message}`);
    process.exitCode = 1;
  }
}
