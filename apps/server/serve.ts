import { fileURLToPath } from 'node:url';
import { loadConfig, startServer } from '@hongyan/server';
import { giveUp } from './give-up.ts';
import { greeting } from './greeting.ts';

/** Ctrl-C arrives up to three times, from the terminal, npm and the script behind `npm start`: within this time it is one. */
const SAME_SIGNAL_MS = 500;

const defaults = { web: fileURLToPath(new URL('../web/dist', import.meta.url)) };

/** Serves until a signal ends the process. Rejects with ConfigError or StartError. */
export async function serve(argv: readonly string[]): Promise<void> {
  const config = loadConfig({ argv, defaults });
  let stoppingSinceMs: number | undefined;
  const server = await startServer(config, { onFatal: () => stop(1) });
  process.on('SIGTERM', () => stop(0));
  process.on('SIGINT', () => stop(0));
  console.log(greeting({ ...server.address, keptIn: server.keptIn, roles: config.roles }));

  /** Asked for again while it stops, it ends at once. */
  function stop(exitCode: number): void {
    if (stoppingSinceMs !== undefined) {
      if (Date.now() - stoppingSinceMs > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSinceMs = Date.now();
    server.drain().then(() => process.exit(exitCode), giveUp());
  }
}
