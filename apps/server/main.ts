import { fileURLToPath } from 'node:url';
import { ConfigError, describeOptions, loadConfig, StartError, startServer, VERSION } from '@hongyan/server';
import { greeting } from './greeting.ts';

/** Ctrl-C arrives up to three times, from the terminal, npm and the script behind `npm start`: within this time it is one. */
const SAME_SIGNAL_MS = 500;

const defaults = { web: fileURLToPath(new URL('../web/dist', import.meta.url)) };
const argv = process.argv.slice(2);

if (argv.includes('--help') || argv.includes('-h')) {
  console.log(`Hongyan 鸿雁 ${VERSION}: the server\n\nOptions, each also as a variable of the environment:\n`);
  console.log(`${describeOptions()}\n  --help\n  --version`);
} else if (argv.includes('--version')) {
  console.log(VERSION);
} else {
  await serve().catch(giveUp);
}

async function serve(): Promise<void> {
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
    server.drain().then(() => process.exit(exitCode), giveUp);
  }
}

function giveUp(error: unknown): never {
  const expected = error instanceof ConfigError || error instanceof StartError;
  console.error(expected ? `hongyan: ${error.message.replaceAll('\n', '\nhongyan: ')}` : error);
  process.exit(1);
}
