import type { LastSeen } from '@hongyan/core/ports';
import type { Database, Statement } from 'better-sqlite3';
import { accountQueries } from '../accounts/all-queries.ts';
import * as apps from '../accounts/app-operations.ts';
import * as devices from '../accounts/device-operations.ts';
import { drive } from '../accounts/drive.ts';
import * as accounts from '../accounts/operations.ts';
import { decodeUserEvent } from '../user-event-bytes.ts';
import type { Handlers, ReadCalls, WriteCalls } from './calls.ts';
import type { AddUserEvent } from './user-events.ts';

type AccountReads = Pick<
  ReadCalls,
  | 'lastSeen'
  | 'usersById'
  | 'userByHandle'
  | 'findUsers'
  | 'deviceById'
  | 'devicesOf'
  | 'endedDevice'
  | 'apiKeyByHash'
  | 'apiKeys'
  | 'appUser'
  | 'appUsers'
>;
type AccountWrites = Pick<
  WriteCalls,
  | 'createUser'
  | 'updateProfile'
  | 'setPassword'
  | 'createDevice'
  | 'rotateRefresh'
  | 'renameDevice'
  | 'seeDevices'
  | 'deleteDevice'
  | 'createApiKey'
  | 'deleteApiKey'
  | 'seeApiKeys'
  | 'putAppUser'
>;

export function createAccountReads(database: Database): Handlers<AccountReads> {
  const give = createGive(database, () => {
    throw new TypeError('a reading operation wants to write');
  });
  const seen = database.prepare<[string], LastSeen>(
    'SELECT user_id AS userId, seen_ms AS seenMs FROM last_seen WHERE user_id = ?',
  );
  return {
    lastSeen: (userIds) => [...new Set(userIds)].flatMap((userId) => seen.get(userId) ?? []),
    usersById: (userIds) => drive(accounts.usersById(userIds), give),
    userByHandle: (handle) => drive(accounts.userByHandle(handle), give),
    findUsers: ({ text, limit }) => drive(accounts.findUsers(text, limit), give),
    deviceById: (deviceId) => drive(devices.deviceById(deviceId), give),
    devicesOf: (userId) => drive(devices.devicesOf(userId), give),
    endedDevice: (deviceId) => drive(devices.endedDevice(deviceId), give),
    apiKeyByHash: (keyHash) => drive(apps.apiKeyByHash(keyHash), give),
    apiKeys: () => drive(apps.apiKeys(), give),
    appUser: (externalId) => drive(apps.appUser(externalId), give),
    appUsers: ({ after, limit }) => drive(apps.appUsers(after, limit), give),
  };
}

/** Each refuses (StoreError `rejected`) before it writes; asking again after an unknown outcome changes nothing. */
export function createAccountWrites(database: Database, addUserEvent: AddUserEvent): Handlers<AccountWrites> {
  const give = createGive(database, addUserEvent);
  return {
    createUser: (user) => drive(accounts.createUser(user), give),
    updateProfile: ({ userId, change }) => drive(accounts.updateProfile(userId, change), give),
    setPassword: ({ userId, expectedHash, passwordHash }) =>
      drive(accounts.setPassword(userId, expectedHash, passwordHash), give),
    createDevice: (device) => drive(devices.createDevice(device), give),
    rotateRefresh: ({ deviceId, expected, next }) => drive(devices.rotateRefresh(deviceId, expected, next), give),
    renameDevice: ({ deviceId, name, timeMs }) => drive(devices.renameDevice(deviceId, name, timeMs), give),
    seeDevices: (sightings) => drive(devices.seeDevices(sightings), give),
    deleteDevice: ({ deviceId, end, timeMs }) => drive(devices.deleteDevice(deviceId, end, timeMs), give),
    createApiKey: (key) => drive(apps.createApiKey(key), give),
    deleteApiKey: (keyId) => drive(apps.deleteApiKey(keyId), give),
    seeApiKeys: (sightings) => drive(apps.seeApiKeys(sightings), give),
    putAppUser: (change) => drive(apps.putAppUser(change), give),
  };
}

/** What an operation needs, by statements prepared once, inside the caller's transaction. */
function createGive(database: Database, addUserEvent: AddUserEvent): (need: accounts.Need) => object[] {
  const prepared = new Map<string, Statement<[object], object>>(
    accountQueries.map(({ name, sql }) => [name, database.prepare<[object], object>(sql)]),
  );
  const eventAt = database.prepare<[string, number], { event: Uint8Array }>(
    'SELECT event FROM user_events WHERE user_id = ? AND seq = ?',
  );
  const deletePositions = database.prepare('DELETE FROM device_positions WHERE device_id = ?');
  return (need) => {
    switch (need.kind) {
      case 'ask':
        return prepared.get(need.query.name)?.all(need.parameters) ?? [];
      case 'add-event':
        return [addUserEvent(need.userId, need.timeMs, need.event)];
      case 'read-event':
        return eventAt.all(need.userId, need.seq).map(({ event }) => decodeUserEvent(event));
      case 'delete-positions':
        deletePositions.run(need.deviceId);
        return [];
      case 'lock-user-log':
        // The writer thread is the only one that writes.
        return [];
    }
  };
}
