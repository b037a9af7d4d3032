import { performance } from 'node:perf_hooks';
import type { Account } from '../client/talker.ts';
import { rounded, spent, type Used, usedBy, usedInWords } from '../measure/used.ts';
import { peopleOf } from '../run/accounts.ts';
import type { System } from '../run/system.ts';
import type { Outcome } from './report.ts';

/** Questions under way at a time. */
const CONCURRENCY = 64;
const ANSWER_TIMEOUT_MS = 10_000;

export interface AllocationOptions {
  /** Each asks twice: once as somebody the API node does not know yet, and once as somebody it knows. */
  clients: number;
}

interface Round {
  perSecond: number;
  used: Record<string, Used>;
}

/** How many people an API node tells in a second where to connect (`POST /v1/gateways`). */
export async function runAllocation(
  system: System,
  { clients }: AllocationOptions,
  log: (line: string) => void,
): Promise<Outcome> {
  log(`creating ${clients} accounts`);
  const accounts = await peopleOf(system, clients);
  const unknown = await askAll(system, accounts);
  const known = await askAll(system, accounts);
  return {
    lines: Object.entries({ unknown, known }).flatMap(([who, { perSecond, used }]) => [
      `${who}: ${perSecond} answers/s`,
      ...usedInWords(used, clients, 'answer'),
    ]),
    json: { scenario: 'allocation', clients, unknown, known },
    good: true,
  };
}

async function askAll(system: System, accounts: readonly Account[]): Promise<Round> {
  const before = usedBy(system);
  const startedMs = performance.now();
  let next = 0;
  const worker = async () => {
    for (let account = accounts[next++]; account !== undefined; account = accounts[next++]) {
      await ask(system.port, account);
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
  const seconds = (performance.now() - startedMs) / 1_000;
  return { perSecond: rounded(accounts.length / seconds), used: spent(before, usedBy(system)) };
}

async function ask(port: number, { accessToken }: Account): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/gateways`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` },
    body: '{}',
    signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
  });
  if (response.status !== 200) throw new Error(`no allocation: ${response.status} ${await response.text()}`);
  await response.json();
}
