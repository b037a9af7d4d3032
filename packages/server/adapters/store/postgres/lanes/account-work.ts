import { StoreError } from '@hongyan/core/ports';
import { driveAsync } from '../../accounts/drive.ts';
import type { Operation } from '../../accounts/operations.ts';
import { give } from '../account-queries.ts';
import type { Connection } from '../wire/connection.ts';
import type { Outcome } from './carry-out.ts';
import type { Lane } from './lane.ts';

/** An operation's whole transaction; it may be asked for again when it met a conflict. */
export type AccountWork = (connection: Connection) => Promise<void>;

/** The lane's work: one operation, which may refuse. */
export async function accountWork(
  connection: Connection,
  [work]: readonly AccountWork[],
): Promise<Outcome<undefined>[]> {
  try {
    await work?.(connection);
    return [{ ok: true, value: undefined }];
  } catch (error) {
    if (error instanceof StoreError) return [{ ok: false, error }];
    throw error;
  }
}

/** Carries an operation out in a transaction of the lane. */
export function transactOn<Answer>(
  lane: Lane<AccountWork, undefined>,
  begin: () => Operation<Answer>,
): Promise<Answer> {
  return transactOnce(lane, (connection) =>
    connection.transaction(() => driveAsync(begin(), (need) => give(need, (calls) => connection.run(calls)))),
  );
}

/** Has the lane to itself, for work that may be begun anew. */
export async function transactOnce<Answer>(
  lane: Lane<AccountWork, undefined>,
  work: (connection: Connection) => Promise<Answer>,
): Promise<Answer> {
  let result: { answer: Answer } | undefined;
  await lane.ask(async (connection) => {
    result = { answer: await work(connection) };
  });
  if (result === undefined) throw new StoreError('unavailable', 'no-answer');
  return result.answer;
}
