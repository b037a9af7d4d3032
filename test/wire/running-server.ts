import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, startServer } from '@hongyan/server';
import type { Target } from './raw-connection.ts';

export interface Account {
  userId: string;
  accessToken: string;
}

/** A whole server with an empty directory of its own; disposing it ends both. */
export async function runningServer(...options: string[]) {
  const data = await mkdtemp(join(tmpdir(), 'hongyan-wire-'));
  const argv = [
    '--host',
    '127.0.0.1',
    '--port',
    '0',
    '--tcp-port',
    '0',
    '--data',
    data,
    '--log-level',
    'silent',
    ...options,
  ];
  const server = await startServer(loadConfig({ argv, env: {} }));
  const target: Target = server.address;
  return {
    target,
    url: `http://127.0.0.1:${target.port}`,
    async [Symbol.asyncDispose]() {
      await server.drain();
      await rm(data, { recursive: true, force: true });
    },
  };
}

export async function createAccount(url: string, handle: string): Promise<Account> {
  const response = await fetch(`${url}/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle, password: 'correct horse battery', displayName: handle }),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Account;
}
