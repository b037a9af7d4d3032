import { type Store, StoreError } from '@hongyan/core/ports';
import { decodeFacts } from '@hongyan/protocol';
import * as apps from '../accounts/app-operations.ts';
import * as devices from '../accounts/device-operations.ts';
import { driveAsync } from '../accounts/drive.ts';
import * as accounts from '../accounts/operations.ts';
import { give } from './account-queries.ts';
import { transactOn } from './lanes/account-work.ts';
import type { Lanes } from './lanes/index.ts';
import * as accountLog from './log/account-log-reads.ts';
import { findSends, sentOf } from './log/append.ts';
import { atLeastZero } from './log/bounds.ts';
import { mentionsCall, othersCall } from './log/count-reads.ts';
import { changesCall, entriesCall, entryOf } from './log/entry-reads.ts';
import { factsOf, headFor, headOf, headsFrom, headsOf } from './log/head-reads.ts';
import { memberHeadOf, memberOf, membersCall, storedMemberOf } from './log/member-reads.ts';
import { positionOf, positionsIn } from './log/position-reads.ts';
import { findRecords, versionOf } from './log/records.ts';
import { find } from './search/finding.ts';
import { index } from './search/indexing.ts';
import { scopeOf, searchScopes } from './search/scopes.ts';
import * as secrets from './secrets.ts';
import { sweep } from './sweep.ts';
import { texts } from './wire/arrays.ts';
import { bytes, integer, text } from './wire/columns.ts';
import { call } from './wire/statement.ts';

/** Alone among what a client may choose, it can hold what a text of PostgreSQL cannot. */
const isStorable = (clientMessageId: string): boolean => !clientMessageId.includes('\0');

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
      setPassword: (userId, expectedHash, passwordHash) =>
        change(() => accounts.setPassword(userId, expectedHash, passwordHash)),
      createDevice: (device) => change(() => devices.createDevice(device)),
      deviceById: (deviceId) => look(devices.deviceById(deviceId)),
      devicesOf: (userId) => look(devices.devicesOf(userId)),
      rotateRefresh: (deviceId, expected, next) => change(() => devices.rotateRefresh(deviceId, expected, next)),
      renameDevice: (deviceId, name, timeMs) => change(() => devices.renameDevice(deviceId, name, timeMs)),
      seeDevices: (sightings) => change(() => devices.seeDevices(sightings)),
      deleteDevice: (deviceId, end, timeMs) => change(() => devices.deleteDevice(deviceId, end, timeMs)),
      endedDevice: (deviceId) => look(devices.endedDevice(deviceId)),
      createApiKey: (key) => change(() => apps.createApiKey(key)),
      apiKeyByHash: (keyHash) => look(apps.apiKeyByHash(keyHash)),
      apiKeys: () => look(apps.apiKeys()),
      deleteApiKey: (keyId) => change(() => apps.deleteApiKey(keyId)),
      seeApiKeys: (sightings) => change(() => apps.seeApiKeys(sightings)),
      putAppUser: (app) => change(() => apps.putAppUser(app)),
      appUser: (externalId) => look(apps.appUser(externalId)),
      appUsers: (after, limit) => look(apps.appUsers(after, limit)),
    },
    log: {
      append: (request) =>
        isStorable(request.clientMessageId)
          ? lanes.append(request)
          : Promise.reject(new StoreError('rejected', 'unstorable-client-message-id')),
      async sent(senderId, clientMessageId) {
        if (!isStorable(clientMessageId)) return undefined;
        const [row] = await lanes.read(call(findSends, texts([senderId]), texts([clientMessageId])));
        return row && sentOf(row);
      },
      read: async (query) => (await lanes.read(entriesCall(query))).map((row) => entryOf(query.conversationId, row)),
      changes: async (query) => (await lanes.read(changesCall(query))).map((row) => entryOf(query.conversationId, row)),
      expire: (query) => sweep(lanes, query),
      head: async (conversationId) => headsFrom(await lanes.read(call(headOf, conversationId)))[0],
      heads: async (userId, limit) => headsFrom(await lanes.read(call(headsOf, userId, atLeastZero(limit)))),
      headFor: async (conversationId, userId) => headsFrom(await lanes.read(call(headFor, userId, conversationId)))[0],
      async facts(conversationId) {
        const [row] = await lanes.read(call(factsOf, conversationId));
        return row && decodeFacts(bytes(row, 0));
      },
      members: async (query) => (await lanes.read(membersCall(query))).map((row) => storedMemberOf(row, 0)),
      async member(conversationId, userId) {
        const [row] = await lanes.read(call(memberOf, conversationId, userId));
        return row && memberHeadOf(row, 0);
      },
      countOthers: async (query) => integer((await lanes.read(othersCall(query)))[0] ?? [], 0),
      countMentions: async (query) => integer((await lanes.read(mentionsCall(query)))[0] ?? [], 0),
    },
    cursors: {
      advance: (batch) => lanes.cursors.ask(batch),
      devicePositions: async (conversationId) => {
        const rows = await lanes.read(call(positionsIn, conversationId));
        return rows.map((row) => positionOf(conversationId, row));
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
      async set(change) {
        const [own] = await lanes.records.ask({ change, mirrors: [] }, change.value.length);
        return own?.event;
      },
      setMirrored: (change, mirrors) =>
        lanes.records.ask({ change, mirrors }, change.value.length * (mirrors.length + 1)),
      async values(userId, keys) {
        const rows = await lanes.read(call(findRecords, texts(keys.map(() => userId)), texts(keys)));
        const found = new Map(rows.map((row) => [text(row, 1), versionOf(row)]));
        return keys.map((key) => found.get(key));
      },
      changedSince: async (query) => (await lanes.read(accountLog.recordsCall(query))).map(accountLog.recordOf),
      under: async (keys, userIds) =>
        (await lanes.read(accountLog.recordsUnderCall(keys, userIds))).map(accountLog.ownedRecordOf),
    },
    secrets: {
      keep: (name, proposed) => secrets.keep(lanes.accounts, name, proposed),
    },
    search: {
      index: (limit) => index(lanes, limit),
      scopes: async (userId, limit) => (await lanes.read(call(searchScopes, userId, atLeastZero(limit)))).map(scopeOf),
      find: (query) => find(lanes, query),
    },
    close: () => lanes.close(),
  };
}
