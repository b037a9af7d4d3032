import { fileURLToPath } from 'node:url';
import { ConfigError, loadConfig, StartError, startServer } from '@hongyan/server';
import { type Opened, openWorld, PASSWORD, people, VISITOR } from './open.ts';

const defaults = { data: 'data/demo', web: fileURLToPath(new URL('../web/dist', import.meta.url)), logLevel: 'warn' };

try {
  await run();
} catch (error) {
  if (!(error instanceof ConfigError) && !(error instanceof StartError)) throw error;
  console.error(`hongyan: ${error.message}`);
  process.exitCode = 1;
}

/** Serves the demo world, which is made where it is not there yet, until a signal ends the process. Options are the server's. */
async function run(): Promise<void> {
  const config = loadConfig({ argv: process.argv.slice(2), defaults });
  const opened = await openWorld(config.data, Date.now());
  const server = await startServer(config);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void server.drain().finally(() => process.exit()));
  }
  console.log(`
  ${whatIsThere(opened, config.data)}

  Open       http://localhost:${server.address.port}
  Handle     ${people[VISITOR].handle}  (everybody else has the same password)
  Password   ${PASSWORD}
  Stop       Ctrl-C
`);
}

function whatIsThere(opened: Opened, directory: string): string {
  switch (opened.kind) {
    case 'there-already':
      return `The demo world in ${directory} as you left it; remove the folder to have a new one.`;
    case 'filled':
      return `A demo world: ${opened.people} people, ${opened.conversations} conversations, ${opened.messages} messages, kept in ${directory}.`;
  }
}
