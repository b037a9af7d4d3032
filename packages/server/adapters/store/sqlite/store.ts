import type { Store } from '@hongyan/core/ports';
import { requestBytes } from '../request-bytes.ts';
import type { Call, CallMap, ReadCalls, WriteCalls } from './calls.ts';
import { unpackEntries } from './entry-rows.ts';
import { unpackHeads } from './head-rows.ts';
import type { WorkerQueue } from './worker-queue.ts';

/** The port, as calls to the two threads. */
export function createStore(writes: WorkerQueue<Call<WriteCalls>>, reads: WorkerQueue<Call<ReadCalls>>): Store {
  const write = asker<WriteCalls>(writes);
  const read = asker<ReadCalls>(reads);
  return {
    accounts: {
      createUser: (user) => write('createUser', user),
      userById: async (userId) => (await read('usersById', [userId]))[0],
      usersById: (userIds) => read('usersById', userIds),
      lastSeen: (userIds) => read('lastSeen', userIds),
      userByHandle: (handle) => read('userByHandle', handle),
      updateProfile: (userId, change) => write('updateProfile', { userId, change }),
      findUsers: (text, limit) => read('findUsers', { text, limit }),
      setPassword: (userId, expectedHash, passwordHash) => write('setPassword', { userId, expectedHash, passwordHash }),
      createDevice: (device) => write('createDevice', device),
      deviceById: (deviceId) => read('deviceById', deviceId),
      devicesOf: (userId) => read('devicesOf', userId),
      rotateRefresh: (deviceId, expected, next) => write('rotateRefresh', { deviceId, expected, next }),
      renameDevice: (deviceId, name, timeMs) => write('renameDevice', { deviceId, name, timeMs }),
      seeDevices: (sightings) => write('seeDevices', sightings),
      deleteDevice: (deviceId, end, timeMs) => write('deleteDevice', { deviceId, end, timeMs }),
      endedDevice: (deviceId) => read('endedDevice', deviceId),
      createApiKey: (key) => write('createApiKey', key),
      apiKeyByHash: (keyHash) => read('apiKeyByHash', keyHash),
      apiKeys: () => read('apiKeys', undefined),
      deleteApiKey: (keyId) => write('deleteApiKey', keyId),
      seeApiKeys: (sightings) => write('seeApiKeys', sightings),
      putAppUser: (change) => write('putAppUser', change),
      appUser: (externalId) => read('appUser', externalId),
      appUsers: (after, limit) => read('appUsers', { after, limit }),
    },
    log: {
      append: (request) => write('append', request, requestBytes(request)),
      sent: (senderId, clientMessageId) => read('sent', { senderId, clientMessageId }),
      read: async (query) => unpackEntries(query.conversationId, await read('entries', query)),
      changes: async (query) => unpackEntries(query.conversationId, await read('changes', query)),
      expire: (query) => write('expire', query),
      head: async (conversationId) => unpackHeads(await read('head', conversationId))[0],
      heads: async (userId, limit) => unpackHeads(await read('heads', { userId, limit })),
      headFor: async (conversationId, userId) => unpackHeads(await read('headFor', { conversationId, userId }))[0],
      facts: (conversationId) => read('facts', conversationId),
      members: (query) => read('members', query),
      member: (conversationId, userId) => read('member', { conversationId, userId }),
      countOthers: (query) => read('countOthers', query),
      countMentions: (query) => read('countMentions', query),
    },
    cursors: {
      advance: (batch) => write('advance', batch),
      devicePositions: (conversationId) => read('devicePositions', conversationId),
    },
    userLog: {
      read: (query) => read('userEvents', query),
      lastSeq: (userId) => read('userLastSeq', userId),
    },
    records: {
      set: async (change) => (await write('setRecord', { change, mirrors: [] }, change.value.length))[0]?.event,
      setMirrored: (change, mirrors) =>
        write('setRecord', { change, mirrors }, change.value.length * (mirrors.length + 1)),
      values: (userId, keys) => read('recordValues', { userId, keys }),
      changedSince: (query) => read('recordsSince', query),
      under: (keys, userIds) => read('recordsUnder', { keys, userIds }),
    },
    secrets: {
      keep: (name, proposed) => write('keepSecret', { name, proposed }, proposed.length),
    },
    search: {
      index: (limit) => write('index', limit),
      scopes: (userId, limit) => read('scopes', { userId, limit }),
      find: async (query) =>
        (await read('find', query)).map(({ conversationId, hits, beforeSeq }) => ({
          hits: unpackEntries(conversationId, hits),
          beforeSeq,
        })),
    },
    async close() {
      await Promise.all([reads.close(), writes.close()]);
    },
  };
}

/** The thread's handlers are typed by the same map, so the answer to `op` is what the map says. */
function asker<Calls extends CallMap<Calls>>(queue: WorkerQueue<Call<Calls>>) {
  return <Op extends keyof Calls>(op: Op, request: Calls[Op]['request'], bytes?: number) =>
    queue.ask({ op, request } as Call<Calls>, bytes) as Promise<Calls[Op]['answer']>;
}
