import { seedAccounts } from '@hongyan/testkit/seeded-accounts';
import type { Account } from '../client/talker.ts';
import { askAsBackend } from './backend.ts';
import type { System } from './system.ts';

/** A password costs the server some 50 ms of one core; more at a time would only queue. */
const CONCURRENCY = 4;
const REQUEST_DEADLINE_MS = 30_000;
/** Connections that an account's one device gets at most: half of what servers allow (SES-15), so that all may come back at once. */
const CONNECTIONS_MAX = 8;
/** Of every account that the bench creates. */
export const PASSWORD = 'correct horse battery';

/** How many accounts are to share so many connections: as many as were asked for, unless that is too few or too many. */
export const accountsFor = (connections: number, asked: number): number =>
  Math.min(connections, Math.max(asked, Math.ceil(connections / CONNECTIONS_MAX)));

/** Accounts that are signed in, without passwords; into PostgreSQL they are put, elsewhere an app's backend brings them. */
export function peopleOf({ storeUrl, port }: System, count: number): Promise<Account[]> {
  return storeUrl.startsWith('postgres')
    ? seedAccounts(storeUrl, count)
    : concurrently(count, (index) => bringAccount(port, index));
}

/** Creates accounts over REST, as people do. */
export const createAccounts = (port: number, count: number): Promise<Account[]> =>
  concurrently(count, (index) => createAccount(port, index));

async function concurrently(count: number, make: (index: number) => Promise<Account>): Promise<Account[]> {
  const accounts: Account[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      accounts[index] = await make(index);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  return accounts;
}

async function bringAccount(port: number, index: number): Promise<Account> {
  const path = `/v1/admin/users/bench${index}`;
  await askAsBackend(port, 'PUT', path, { displayName: `Bench ${index}` });
  const signedIn = await askAsBackend(port, 'POST', `${path}/tokens`, { deviceName: 'bench', deviceKind: 'bot' });
  const { userId, accessToken } = signedIn as Account;
  return { userId, accessToken };
}

async function createAccount(port: number, index: number): Promise<Account> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle: `bench${index}`, password: PASSWORD, displayName: `Bench ${index}` }),
    signal: AbortSignal.timeout(REQUEST_DEADLINE_MS),
  });
  if (response.status !== 201) throw new Error(`no account: ${response.status} ${await response.text()}`);
  const { userId, accessToken } = (await response.json()) as Account;
  return { userId, accessToken };
}
