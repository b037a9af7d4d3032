import { StoreError } from '@hongyan/core/ports';
import type { Lanes } from './lanes/index.ts';
import { atLeastZero } from './log/bounds.ts';
import { expire, findDue, placeOf } from './log/expire.ts';
import { call } from './wire/statement.ts';

/** Erases what is due. Of several nodes that do so at once, each message is erased and counted by one. */
export async function sweep(lanes: Lanes, { nowMs, limit }: { nowMs: number; limit: number }): Promise<number> {
  const due = (await lanes.read(call(findDue, String(nowMs), atLeastZero(limit)))).map(placeOf);
  if (due.length === 0) return 0;
  let count: number | undefined;
  await lanes.accounts.ask(async (connection) => {
    count = await connection.transact(expire(due));
  });
  if (count === undefined) throw new StoreError('unavailable', 'no-answer');
  return count;
}
