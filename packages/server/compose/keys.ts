import { StoreOpenError } from '../adapters/store/open-error.ts';
import { type ApiKeys, createApiKeys } from '../auth/index.ts';
import type { Config } from '../config.ts';
import { StartError } from '../start-error.ts';
import { systemClock as clock, systemRandom as random } from '../system.ts';
import { openStore } from './engines.ts';

/** The API keys of an installation, and whatever has to be open for them. */
export interface OpenedKeys extends AsyncDisposable {
  keys: ApiKeys;
}

/** Rejects with StartError: when the store cannot be opened, or is SQLite and a server has it. */
export async function openKeys(config: Config): Promise<OpenedKeys> {
  const trouble = { failed: () => {}, troubled: () => {}, noted: () => {} };
  const store = await openStore(config, trouble).catch((error: unknown) => {
    if (!(error instanceof StartError) || !isInUse(error.cause)) throw error;
    const instead =
      'While a server runs on SQLite, its keys are made by POST /v1/admin/keys, the first with HONGYAN_API_KEY.';
    throw new StartError(`${error.message} ${instead}`, error);
  });
  return {
    keys: createApiKeys({ accounts: store.accounts, clock, random }),
    [Symbol.asyncDispose]: () => store.close(),
  };
}

const isInUse = (cause: unknown): boolean => cause instanceof StoreOpenError && cause.reason === 'directory-in-use';
