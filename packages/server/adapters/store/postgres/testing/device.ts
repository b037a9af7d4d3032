import type { DeviceRecord } from '@hongyan/core/ports';

export const device = (deviceId: string, userId: string): DeviceRecord => ({
  deviceId,
  userId,
  name: '',
  kind: 'web',
  createdAtMs: 1,
  lastSeenAtMs: 1,
  refreshHash: deviceId,
  previousRefreshHash: '',
});
