import type { LastSeen } from '@hongyan/core/ports';
import type { Database, Statement } from 'better-sqlite3';
import { drive } from '../accounts/drive.ts';
import * as accounts from '../accounts/operations.ts';
import { accountQueries } from '../accounts/queries.ts';
import { decodeUserEvent } from '../user-event-bytes.ts';
import type { Handlers, ReadCalls, WriteCalls } from './calls.ts';
import type { AddUserEvent } from './user-events.ts';

type AccountReads = Pick<
  ReadCalls,
  'lastSeen' | 'usersById' | 'userByHandle' | 'findUsers' | 'deviceById' | 'devicesOf'
>;
type AccountWrites = Pick<
  WriteCalls,
  'createUser' | 'updateProfile' | 'createDevice' | 'rotateRefresh' | 'deleteDevice'
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
    deviceById: (deviceId) => drive(accounts.deviceById(deviceId), give),
    devicesOf: (userId) => drive(accounts.devicesOf(userId), give),
  };
}

/** Each refuses (StoreError `rejected`) before it writes; asking again after an unknown outcome changes nothing. */
export function createAccountWrites(database: Database, addUserEvent: AddUserEvent): Handlers<AccountWrites> {
  const give = createGive(database, addUserEvent);
  return {
    createUser: (user) => drive(accounts.createUser(user), give),
    updateProfile: ({ userId, change }) => drive(accounts.updateProfile(userId, change), give),
    createDevice: (device) => drive(accounts.createDevice(device), give),
    rotateRefresh: ({ deviceId, expected, next }) => drive(accounts.rotateRefresh(deviceId, expected, next), give),
    deleteDevice: (deviceId) => drive(accounts.deleteDevice(deviceId), give),
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
    }
  };
}
