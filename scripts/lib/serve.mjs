import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { installedNode, root } from './paths.mjs';

const PARENT_CHECK_INTERVAL_MS = 500;

/**
 * Runs a program that serves until it is told to end, with the installed Node. Resolves with its exit code. Signals are passed
 * on to it, and it decides when to end.
 */
export function serve(args) {
  return new Promise((resolve, reject) => {
    const server = spawn(installedNode(), args, { cwd: root, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
    if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(() => server.kill('SIGTERM'));
    server.on('error', reject);
    server.on('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

/** A signal to npm ends the shell between npm and this script, and nobody passes the signal on: it shows by the parent. */
function whenParentEnds(stop) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    stop();
  }, PARENT_CHECK_INTERVAL_MS);
  timer.unref();
}
