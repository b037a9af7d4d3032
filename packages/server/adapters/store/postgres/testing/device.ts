import type { DeviceRecord, UserRecord } from '@hongyan/core/ports';

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

export const account = (userId: string): UserRecord => ({
  userId,
  handle: userId,
  displayName: '',
  statusLine: '',
  passwordHash: '',
  createdAtMs: 1,
});
