import { parseArgs } from 'node:util';
import {
  API_KEY_SCOPES,
  type ApiKeyScope,
  type Config,
  ConfigError,
  DEFAULT_API_KEY_SCOPES,
  loadConfig,
} from '@hongyan/server';

/** What is to be done with the keys, and where they are kept. */
export type KeysCommand = (
  | { action: 'create'; name: string; scopes: readonly ApiKeyScope[] }
  | { action: 'list' }
  | { action: 'revoke'; keyId: string }
) & { config: Config };

const NAME = /^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u;

/** Throws ConfigError. */
export function readKeysCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): KeysCommand {
  const { values, positionals } = readFlags(argv);
  const { name, scopes, store, data } = values;
  const [action, keyId, ...others] = positionals;
  const places = [...(store === undefined ? [] : ['--store', store]), ...(data === undefined ? [] : ['--data', data])];
  const config = loadConfig({ argv: places, env });
  const isAlone = name === undefined && scopes === undefined;
  if (action === 'create' && keyId === undefined) {
    if (name === undefined || !NAME.test(name)) throw new ConfigError('--name must be 1 to 64 characters');
    return {
      action,
      name: name.trim(),
      scopes: scopes === undefined ? DEFAULT_API_KEY_SCOPES : readScopes(scopes),
      config,
    };
  }
  if (action === 'list' && keyId === undefined && isAlone) return { action, config };
  if (action === 'revoke' && keyId !== undefined && others.length === 0 && isAlone) return { action, keyId, config };
  throw new ConfigError('keys is followed by create --name <name>, list, or revoke <id>; see keys --help');
}

function readScopes(text: string): ApiKeyScope[] {
  const named = [...new Set(text.split(','))];
  const scopes = API_KEY_SCOPES.filter((scope) => named.includes(scope));
  if (scopes.length === named.length) return scopes;
  throw new ConfigError(`--scopes must be some of ${API_KEY_SCOPES.join(', ')}, separated by commas, not "${text}"`);
}

function readFlags(argv: readonly string[]) {
  const value = { type: 'string' } as const;
  const options = { name: value, scopes: value, store: value, data: value };
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: true });
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message.split('. ')[0] : error}; see keys --help`);
  }
}

/** The text behind `keys --help`. */
export const describeKeysOptions = (): string => `  create --name <name> [--scopes users,groups,…]
      Makes a key and prints it, this once. Scopes: users (an app's own users), groups, messages:write (as anybody),
      messages:read (everything), keys (makes and revokes keys); without --scopes all but keys
  list
      Says which there are, and when they were used last
  revoke <id>
      From the next call on the key is refused

  --store <sqlite|url>, --data <directory>
      Where the server keeps everything, as it is told
      HONGYAN_STORE, HONGYAN_DATA`;
