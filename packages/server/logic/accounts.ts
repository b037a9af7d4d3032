import { acceptanceKeys, accepts, type Clock, recordsRead, type Store } from '@hongyan/core';
import { ErrorCode, ProtocolError, recordKey, type UserId } from '@hongyan/protocol';

/** Accounts looked up at a time. */
const LOOK_UP_MAX = 500;
/** Accounts that a refusal names. */
const NAMED_MAX = 20;
/** Accounts whose records are asked for at once. */
const LOOK_UP_TOGETHER = 50;

/** Rejects with ProtocolError NOT_FOUND when one does not exist, and with StoreError. */
export async function checkAccountsExist(accounts: Store['accounts'], userIds: readonly UserId[]): Promise<void> {
  const unique = [...new Set(userIds)];
  for (let from = 0; from < unique.length; from += LOOK_UP_MAX) {
    const asked = unique.slice(from, from + LOOK_UP_MAX);
    const found = await accounts.usersById(asked);
    if (found.length < asked.length) throw new ProtocolError(ErrorCode.NOT_FOUND, 'an account does not exist');
  }
}

/** Rejects with ProtocolError NOT_ACCEPTED when one does not want to be taken into groups by `inviterId`, and with StoreError. */
export async function checkInvited(
  { store, clock }: { store: Store; clock: Clock },
  inviterId: UserId,
  userIds: readonly UserId[],
): Promise<void> {
  const keys = acceptanceKeys(inviterId, 'invite');
  const asked = [...new Set(userIds)].filter((userId) => userId !== inviterId);
  const unwilling: UserId[] = [];
  for (let from = 0; from < asked.length; from += LOOK_UP_TOGETHER) {
    await Promise.all(
      asked.slice(from, from + LOOK_UP_TOGETHER).map(async (userId) => {
        const versions = await store.records.values(userId, keys.map(recordKey));
        if (!accepts(recordsRead(keys, versions), inviterId, 'invite', clock.now())) unwilling.push(userId);
      }),
    );
  }
  if (unwilling.length > 0) {
    throw new ProtocolError(
      ErrorCode.NOT_ACCEPTED,
      `${unwilling.slice(0, NAMED_MAX).join(', ')} cannot be invited by this account`,
    );
  }
}
