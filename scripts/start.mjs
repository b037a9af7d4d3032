// npm start: installs what is missing, builds the web client when it changed, and runs the server.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { serverArguments } from '../apps/server/command.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { installedNode, root } from './lib/paths.mjs';
import { main } from './lib/run.mjs';
import { ensureWebClient } from './lib/web-client.mjs';

const PARENT_CHECK_INTERVAL_MS = 500;

await main(async () => {
  await ensureInstalled();
  await ensureWebClient();
  return serve(process.argv.slice(2));
});

/** Resolves with the server's exit code. Signals are passed on to it, and it decides when to end. */
function serve(args) {
  return new Promise((resolve, reject) => {
    const server = spawn(installedNode(), serverArguments(args), { cwd: root, stdio: 'inherit' });
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
