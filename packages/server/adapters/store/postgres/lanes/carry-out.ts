import { StoreError } from '@hongyan/core/ports';
import type { Connection } from '../wire/connection.ts';
import { describe, failureOf } from '../wire/failure.ts';

export type Outcome<Answer> = { ok: true; value: Answer } | { ok: false; error: StoreError };

/** Does what a batch asks in one transaction, and says how each ended. Rejects when nothing was done. */
export type Work<Request, Answer> = (
  connection: Connection,
  requests: readonly Request[],
) => Promise<readonly Outcome<Answer>[]>;

/** Each round of conflicts has a winner that committed, so this is met only by more nodes at once than there are. */
const CONFLICTS_MAX = 10;

/**
 * Carries a batch out and never rejects. What conflicts is tried again; what cannot be stored is found by halving the batch,
 * so that it fails alone.
 */
export async function carryOut<Request, Answer>(
  connection: Connection,
  work: Work<Request, Answer>,
  requests: readonly Request[],
  conflicts = 0,
): Promise<readonly Outcome<Answer>[]> {
  try {
    return await work(connection, requests);
  } catch (error) {
    if (connection.lost) return all(requests, 'unavailable', error);
    switch (failureOf(error)) {
      case 'conflict':
        if (conflicts === CONFLICTS_MAX) return all(requests, 'unavailable', error);
        return carryOut(connection, work, requests, conflicts + 1);
      case 'unstorable': {
        if (requests.length === 1) return all(requests, 'rejected', error);
        const middle = Math.ceil(requests.length / 2);
        const first = await carryOut(connection, work, requests.slice(0, middle));
        return [...first, ...(await carryOut(connection, work, requests.slice(middle)))];
      }
      case 'busy':
        return all(requests, 'unavailable', error);
      case 'disconnected':
        await connection.close().catch(() => {});
        return all(requests, 'unavailable', error);
    }
  }
}

function all(requests: readonly unknown[], kind: StoreError['kind'], cause: unknown): Outcome<never>[] {
  const error = new StoreError(kind, describe(cause), { cause });
  return requests.map(() => ({ ok: false, error }));
}
