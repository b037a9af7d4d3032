import type { AccountStore } from '@hongyan/core/ports';
import type { DeviceId } from '@hongyan/protocol';

/** Which of these devices are signed out. Rejects with StoreError. */
export async function lookUpSignedOut(
  accounts: Pick<AccountStore, 'deviceById'>,
  deviceIds: readonly DeviceId[],
): Promise<DeviceId[]> {
  const found = await Promise.all(deviceIds.map((deviceId) => accounts.deviceById(deviceId)));
  return deviceIds.filter((_, at) => found[at] === undefined);
}
