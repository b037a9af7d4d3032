import type { DeviceRecord } from '@hongyan/core/ports';

export const device = (deviceId: string, userId: string): DeviceRecord => ({
  deviceId,
  userId,
  name: '',
  createdAtMs: 1,
  refreshHash: deviceId,
  previousRefreshHash: '',
});
