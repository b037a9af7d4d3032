import { type Store, StoreError } from '@hongyan/core/ports';
import { driveAsync } from '../accounts/drive.ts';
import * as accounts from '../accounts/operations.ts';
import { give } from './account-queries.ts';
import { transactOn } from './lanes/account-work.ts';
import type { Lanes } from './lanes/index.ts';
import * as accountLog from './log/account-log-reads.ts';
import * as reads from './log/reads.ts';
import * as secrets from './secrets.ts';
import { texts } from './wire/arrays.ts';
import { integer } from './wire/columns.ts';
import { call } from './wire/statement.ts';

/** The port, as requests to the lanes. */
export function createStore(lanes: Lanes): Store {
  const look = <Answer>(operation: accounts.Operation<Answer>) =>
    driveAsync(operation, (need) =>
      give(need, (calls) => Promise.all(calls.map(async (one) => [...(await lanes.read(one))]))),
    );
  const change = <Answer>(begin: () => accounts.Operation<Answer>) => transactOn(lanes.accounts, begin);

  return {
    accounts: {
      createUser: (user) => change(() => accounts.createUser(user)),
      userById: async (userId) => (await look(accounts.usersById([userId])))[0],
      usersById: async (userIds) => {
        const found = await Promise.all([...new Set(userIds)].map((userId) => look(accounts.usersById([userId]))));
        return found.flat();
      },
      lastSeen: async (userIds) =>
        (await lanes.read(call(accountLog.lastSeenOf, texts(userIds)))).map(accountLog.lastSeenFrom),
      userByHandle: (handle) => look(accounts.userByHandle(handle)),
      updateProfile: (userId, profile) => change(() => accounts.updateProfile(userId, profile)),
      findUsers: (text, limit) => look(accounts.findUsers(text, limit)),
      createDevice: (device) => change(() => accounts.createDevice(device)),
      deviceById: (deviceId) => look(accounts.deviceById(deviceId)),
      devicesOf: (userId) => look(accounts.devicesOf(userId)),
      rotateRefresh: (deviceId, expected, next) => change(() => accounts.rotateRefresh(deviceId, expected, next)),
      deleteDevice: (deviceId) => change(() => accounts.deleteDevice(deviceId)),
    },
    log: {
      append: (request) =>
        // Alone among what a client may choose it can hold what a text of PostgreSQL cannot.
        request.clientMessageId.includes('\0')
          ? Promise.reject(new StoreError('rejected', 'unstorable-client-message-id'))
          : lanes.append(request),
      read: async (query) => {
        const rows = await lanes.read(reads.entriesCall(query));
        return rows.map((row) => reads.entryOf(query.conversationId, row));
      },
      head: async (conversationId) => reads.headsFrom(await lanes.read(call(reads.headOf, conversationId)))[0],
      heads: async (userId, limit) =>
        reads.headsFrom(await lanes.read(call(reads.headsOf, userId, reads.atLeastZero(limit)))),
      countOthers: async (query) => integer((await lanes.read(reads.othersCall(query)))[0] ?? [], 0),
    },
    cursors: {
      advance: (batch) => lanes.cursors.ask(batch),
      devicePositions: async (conversationId) => {
        const rows = await lanes.read(call(reads.positionsIn, conversationId));
        return rows.map((row) => reads.positionOf(conversationId, row));
      },
    },
    userLog: {
      read: async (query) => (await lanes.read(accountLog.userEventsCall(query))).map(accountLog.userEventOf),
      lastSeq: async (userId) => {
        const [row] = await lanes.read(call(accountLog.userLastSeq, userId));
        return row === undefined ? 0 : integer(row, 0);
      },
    },
    records: {
      set: (record) => lanes.records.ask(record, record.value.length),
      changedSince: async (query) => (await lanes.read(accountLog.recordsCall(query))).map(accountLog.recordOf),
      under: async (keys, userIds) =>
        (await lanes.read(accountLog.recordsUnderCall(keys, userIds))).map(accountLog.ownedRecordOf),
    },
    secrets: {
      keep: (name, proposed) => secrets.keep(lanes.accounts, name, proposed),
    },
    close: () => lanes.close(),
  };
}
