import type { AccountStore } from '@hongyan/core/ports';
import type { DeviceId } from '@hongyan/protocol';
import type { RevocableAuthenticator } from './authenticator.ts';

export interface SignedOutParts {
  accounts: Pick<AccountStore, 'deviceById'>;
  /** Lets none of those that are found in any more. */
  authenticator: Pick<RevocableAuthenticator, 'forget'>;
  /** Told of those that are signed in. */
  saw?: ((deviceId: DeviceId) => void) | undefined;
}

/** Which of these devices are signed out. Rejects with StoreError. */
export async function lookUpSignedOut(
  { accounts, authenticator, saw }: SignedOutParts,
  deviceIds: readonly DeviceId[],
): Promise<DeviceId[]> {
  const found = await Promise.all(deviceIds.map((deviceId) => accounts.deviceById(deviceId)));
  const signedOut = deviceIds.filter((_, at) => found[at] === undefined);
  for (const device of found) if (device !== undefined) saw?.(device.deviceId);
  for (const deviceId of signedOut) authenticator.forget(deviceId);
  return signedOut;
}
