import { type ApiKeys, ConfigError, openKeys, StartError } from '@hongyan/server';
import { giveUp } from '../give-up.ts';
import { type KeysCommand, readKeysCommand } from './options.ts';

/** Makes, lists or revokes API keys, straight on the store. */
export const runKeys = (argv: readonly string[]): Promise<void> => keys(argv).catch(giveUp(ConfigError, StartError));

async function keys(argv: readonly string[]): Promise<void> {
  const command = readKeysCommand(argv, process.env);
  await using opened = await openKeys(command.config);
  await carryOut(command, opened.keys);
}

async function carryOut(command: KeysCommand, keys: ApiKeys): Promise<void> {
  switch (command.action) {
    case 'create': {
      const { name, scopes } = command;
      const { record, key } = await keys.create({ name, scopes }).catch(inWords);
      // The key alone goes to standard output, for a script to take.
      console.log(key);
      console.error(`hongyan: ${record.keyId} is the key of ${name}, for ${scopes.join(', ')}; it is not shown again`);
      return;
    }
    case 'list':
      for (const { keyId, name, scopes, createdAtMs, lastUsedAtMs } of await keys.list()) {
        const used = lastUsedAtMs === 0 ? 'not used yet' : `used ${dayOf(lastUsedAtMs)}`;
        console.log([keyId, name, scopes.join(','), `made ${dayOf(createdAtMs)}`, used].join('\t'));
      }
      return;
    case 'revoke':
      if (!(await keys.revoke(command.keyId))) throw new ConfigError(`there is no key ${command.keyId}`);
      console.error(`hongyan: ${command.keyId} is revoked`);
  }
}

function inWords(error: unknown): never {
  if (error instanceof Error && 'reason' in error && error.reason === 'too-many-api-keys') {
    throw new StartError('There are as many keys as there may be: revoke one first.');
  }
  throw error;
}

const dayOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 16).replace('T', ' ');
