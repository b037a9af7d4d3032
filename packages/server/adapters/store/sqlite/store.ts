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
      userByHandle: (handle) => read('userByHandle', handle),
      updateProfile: (userId, change) => write('updateProfile', { userId, change }),
      findUsers: (text, limit) => read('findUsers', { text, limit }),
      createDevice: (device) => write('createDevice', device),
      deviceById: (deviceId) => read('deviceById', deviceId),
      devicesOf: (userId) => read('devicesOf', userId),
      rotateRefresh: (deviceId, expected, next) => write('rotateRefresh', { deviceId, expected, next }),
      deleteDevice: (deviceId) => write('deleteDevice', deviceId),
    },
    log: {
      append: (request) => write('append', request, requestBytes(request)),
      sent: (senderId, clientMessageId) => read('sent', { senderId, clientMessageId }),
      read: async (query) => unpackEntries(query.conversationId, await read('entries', query)),
      changes: async (query) => unpackEntries(query.conversationId, await read('changes', query)),
      expire: (query) => write('expire', query),
      head: async (conversationId) => unpackHeads(await read('head', conversationId))[0],
      heads: async (userId, limit) => unpackHeads(await read('heads', { userId, limit })),
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
      set: (change) => write('setRecord', change, change.value.length),
      changedSince: (query) => read('recordsSince', query),
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
