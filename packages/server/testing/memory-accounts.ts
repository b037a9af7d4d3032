import { type AccountStore, type DeviceRecord, StoreError, type UserRecord } from '@hongyan/core/ports';

/** Accounts that live as long as a test. */
export function createMemoryAccounts(): AccountStore {
  const users = new Map<string, UserRecord>();
  const devices = new Map<string, DeviceRecord>();
  const lower = (text: string) => text.toLowerCase();
  const userByHandle = (handle: string) => [...users.values()].find((user) => lower(user.handle) === lower(handle));
  return {
    async createUser(user) {
      if (userByHandle(user.handle) !== undefined) throw new StoreError('rejected', 'handle-taken');
      users.set(user.userId, user);
    },
    userById: async (userId) => users.get(userId),
    usersById: async (userIds) => userIds.flatMap((userId) => users.get(userId) ?? []),
    lastSeen: async () => [],
    userByHandle: async (handle) => userByHandle(handle),
    async updateProfile(userId, change) {
      const user = users.get(userId);
      if (user === undefined) return undefined;
      const { displayName = user.displayName, statusLine = user.statusLine } = change;
      const changed = { ...user, displayName, statusLine };
      users.set(userId, changed);
      return changed;
    },
    async findUsers(text, limit) {
      const contains = (user: UserRecord) => lower(`${user.handle} ${user.displayName}`).includes(lower(text));
      return [...users.values()].filter(contains).slice(0, limit);
    },
    async createDevice(device) {
      devices.set(device.deviceId, device);
      const { deviceId, name } = device;
      return { seq: devices.size, timeMs: 0, event: { case: 'deviceAdded', value: { deviceId, name } } };
    },
    deviceById: async (deviceId) => devices.get(deviceId),
    devicesOf: async (userId) => [...devices.values()].filter((device) => device.userId === userId),
    async rotateRefresh(deviceId, expected, next) {
      const device = devices.get(deviceId);
      if (device === undefined || device.refreshHash !== expected.refreshHash) return false;
      devices.set(deviceId, { ...device, ...next });
      return true;
    },
    async deleteDevice(deviceId) {
      devices.delete(deviceId);
    },
  };
}
