import { ConfigError, StartError, VERSION } from '@hongyan/server';
import { giveUp } from './give-up.ts';
import { migrateHelp, serverHelp } from './help.ts';
import { serve } from './serve.ts';

const [first, ...others] = process.argv.slice(2);
const isCommand = first === 'serve' || first === 'migrate';
const command = isCommand ? first : 'serve';
const argv = isCommand ? others : process.argv.slice(2);

if (argv.includes('--help') || argv.includes('-h')) console.log(command === 'migrate' ? migrateHelp() : serverHelp());
else if (argv.includes('--version')) console.log(VERSION);
else if (command === 'serve') await serve(argv).catch(giveUp(ConfigError, StartError));
else await migrate();

/** Loaded only when it is asked for: the server itself has SQLite in threads of its own alone. */
async function migrate(): Promise<void> {
  const { runMigration } = await import('./migrate/migrate.ts');
  await runMigration(argv);
}
