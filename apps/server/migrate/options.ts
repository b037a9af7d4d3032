import { parseArgs } from 'node:util';
import { ConfigError } from '@hongyan/server';

export interface MigrateOptions {
  /** The data directory to move. */
  directory: string;
  /** Where PostgreSQL is. */
  url: string;
}

const FROM = /^sqlite:(.+)$/;
const TO = /^postgres(ql)?:\/\//;

/** Throws ConfigError. Without `--to` the target is where the server would keep everything, so that passwords need not be arguments. */
export function readMigrateOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): MigrateOptions {
  const { from = '', to = env.HONGYAN_STORE ?? '' } = readFlags(argv);
  const [, directory] = FROM.exec(from) ?? [];
  if (directory === undefined) throw new ConfigError(`--from must be sqlite: and a data directory, not "${from}"`);
  if (!TO.test(to) || !URL.canParse(to)) {
    throw new ConfigError('--to (or HONGYAN_STORE) must be a postgres:// URL');
  }
  return { directory, url: to };
}

function readFlags(argv: readonly string[]): { from?: string | undefined; to?: string | undefined } {
  const options = { from: { type: 'string' }, to: { type: 'string' } } as const;
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message.split('. ')[0] : error}; see migrate --help`);
  }
}

/** The text behind `migrate --help`. */
export const describeMigrateOptions = (): string => `  --from sqlite:<directory>
      The data directory to move
  --to <url>
      postgres://user:password@host:port/database, of version 15 or newer, with no Hongyan in it yet
      HONGYAN_STORE`;
