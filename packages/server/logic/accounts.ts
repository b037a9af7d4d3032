import type { Store } from '@hongyan/core';
import { ErrorCode, ProtocolError, type UserId } from '@hongyan/protocol';

/** Accounts looked up at a time. */
const LOOK_UP_MAX = 500;

/** Rejects with ProtocolError NOT_FOUND when one does not exist, and with StoreError. */
export async function checkAccountsExist(accounts: Store['accounts'], userIds: readonly UserId[]): Promise<void> {
  const unique = [...new Set(userIds)];
  for (let from = 0; from < unique.length; from += LOOK_UP_MAX) {
    const asked = unique.slice(from, from + LOOK_UP_MAX);
    const found = await accounts.usersById(asked);
    if (found.length < asked.length) throw new ProtocolError(ErrorCode.NOT_FOUND, 'an account does not exist');
  }
}
