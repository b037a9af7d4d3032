import { type Store, StoreError } from '@hongyan/core/ports';
import * as accounts from './accounts.ts';
import * as apps from './app-access.ts';
import { append, sent } from './append.ts';
import * as cursors from './cursors.ts';
import * as devices from './devices.ts';
import { expire } from './lifetimes.ts';
import * as log from './log.ts';
import * as members from './members.ts';
import * as records from './records.ts';
import * as search from './search.ts';
import { createMemoryState, getOrAdd, type MemoryState } from './state.ts';

/**
 * A Store without durability, for tests and the simulator. Every call happens as a whole when it is made, and its promise
 * settles in a microtask, so a run is deterministic. A new store on the same state is a restarted server.
 */
export function createMemoryStore(state: MemoryState = createMemoryState()): Store {
  let closed = false;

  /** The port's form of a function of the state. */
  const call =
    <Args extends unknown[], Answer>(task: (state: MemoryState, ...args: Args) => Answer) =>
    async (...args: Args): Promise<Answer> => {
      if (closed) throw new StoreError('unavailable', 'store-closed');
      return task(state, ...args);
    };

  return {
    accounts: {
      createUser: call(accounts.createUser),
      userById: call((held, userId) => held.users.get(userId)),
      usersById: call(accounts.usersById),
      lastSeen: call(accounts.lastSeen),
      userByHandle: call(accounts.userByHandle),
      updateProfile: call(accounts.updateProfile),
      findUsers: call(accounts.findUsers),
      setPassword: call(accounts.setPassword),
      createDevice: call(devices.createDevice),
      deviceById: call((held, deviceId) => held.devices.get(deviceId)),
      devicesOf: call(devices.devicesOf),
      rotateRefresh: call(devices.rotateRefresh),
      renameDevice: call(devices.renameDevice),
      seeDevices: call(devices.seeDevices),
      deleteDevice: call(devices.deleteDevice),
      endedDevice: call((held, deviceId) => held.endedDevices.get(deviceId)?.ended),
      createApiKey: call(apps.createApiKey),
      apiKeyByHash: call(apps.apiKeyByHash),
      apiKeys: call(apps.listApiKeys),
      deleteApiKey: call((held, keyId) => held.apiKeys.delete(keyId)),
      seeApiKeys: call(apps.seeApiKeys),
      putAppUser: call(apps.putAppUser),
      appUser: call(apps.appUser),
      appUsers: call(apps.appUsers),
    },
    log: {
      append: call(append),
      sent: call(sent),
      read: call(log.readEntries),
      changes: call(log.changes),
      expire: call(expire),
      head: call(log.head),
      heads: call(log.heads),
      headFor: call(log.headFor),
      facts: call((held, conversationId) => held.conversations.get(conversationId)?.facts),
      members: call(members.members),
      member: call(members.member),
      countOthers: call(log.countOthers),
      countMentions: call(log.countMentions),
    },
    cursors: {
      advance: call(cursors.advance),
      devicePositions: call(cursors.devicePositions),
    },
    userLog: {
      read: call((held, { userId, afterSeq, limit }) =>
        (held.userEvents.get(userId) ?? [])
          .slice(Math.max(afterSeq, 0))
          .slice(0, Math.max(limit, 0))
          .map((event) => records.asItIsNow(held, userId, event)),
      ),
      lastSeq: call((held, userId) => held.userEvents.get(userId)?.length ?? 0),
    },
    records: {
      set: call(records.set),
      setMirrored: call(records.setMirrored),
      values: call(records.values),
      changedSince: call(records.changedSince),
      under: call(records.under),
    },
    secrets: {
      keep: call((held, name: string, proposed: Uint8Array) => getOrAdd(held.secrets, name, () => proposed)),
    },
    search: {
      index: call(() => 0),
      scopes: call(search.scopes),
      find: call(search.find),
    },
    async close() {
      closed = true;
    },
  };
}
