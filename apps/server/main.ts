import { ConfigError, StartError, VERSION } from '@hongyan/server';
import { giveUp } from './give-up.ts';
import { keysHelp, migrateHelp, serverHelp } from './help.ts';
import { serve } from './serve.ts';

// What is not the server is loaded only when it is asked for: the server itself has SQLite in threads of its own alone.
const commands = {
  serve: { help: serverHelp, run: (argv: readonly string[]) => serve(argv).catch(giveUp(ConfigError, StartError)) },
  migrate: {
    help: migrateHelp,
    run: async (argv: readonly string[]) => (await import('./migrate/migrate.ts')).runMigration(argv),
  },
  keys: { help: keysHelp, run: async (argv: readonly string[]) => (await import('./keys/keys.ts')).runKeys(argv) },
};

const isCommand = (text: string | undefined): text is keyof typeof commands =>
  text !== undefined && Object.hasOwn(commands, text);

const [first, ...others] = process.argv.slice(2);
const { help, run } = commands[isCommand(first) ? first : 'serve'];
const argv = isCommand(first) ? others : process.argv.slice(2);

if (argv.includes('--help') || argv.includes('-h')) console.log(help());
else if (argv.includes('--version')) console.log(VERSION);
else await run(argv);
