import { StoreError } from '@hongyan/core/ports';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { message, whole } from '../testing/message.ts';
import { openPostgresStore } from './index.ts';
import type { Outcome } from './lanes/carry-out.ts';
import { Lane } from './lanes/lane.ts';
import { Link } from './lanes/link.ts';
import { startServer, type TestServer } from './testing/server.ts';
import { Connection } from './wire/connection.ts';

const unavailable = (reason: string) => expect.objectContaining({ name: 'StoreError', kind: 'unavailable', reason });
const limits = { callsMax: 3, bytesMax: 10, batchCallsMax: 2, batchBytesMax: 4, waitMaxMs: 50 };

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.[Symbol.asyncDispose]());

/** A lane whose requests go to a real connection, and whose batches are written down. */
function recordingLane(link: Link, fields: Partial<typeof limits> = {}) {
  const batches: string[][] = [];
  const lane = new Lane<string, string>(
    link,
    async (_connection, requests) => {
      batches.push([...requests]);
      return requests.map((request) => ({ ok: true, value: request.toUpperCase() }));
    },
    { ...limits, waitMaxMs: 60_000, ...fields },
  );
  return { lane, batches };
}

const connect = () => Connection.open({ url: server.url, schema: 'public' }, []);

test('[P8] a lane refuses what is beyond its number or bytes, and takes more once it has answered', async () => {
  const { lane } = recordingLane(new Link(connect, () => {}));
  const asked = [lane.ask('a', 5), lane.ask('b', 5), lane.ask('c', 1), lane.ask('d', 0), lane.ask('e', 0)];
  const outcomes = await Promise.allSettled(asked);
  expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason : outcome.value))).toEqual([
    'A',
    'B',
    unavailable('store-queue-full'),
    'D',
    unavailable('store-queue-full'),
  ]);
  expect(await lane.ask('f', 10)).toBe('F');
  expect(lane.depth).toBe(0);
  await lane.close();
});

test('[P8] what is asked together shares a batch, bounded in number and bytes', async () => {
  const { lane, batches } = recordingLane(new Link(connect, () => {}), { callsMax: 9, bytesMax: 99 });
  await Promise.all([lane.ask('a'), lane.ask('b'), lane.ask('c', 9), lane.ask('d', 2), lane.ask('e', 2)]);
  expect(batches).toEqual([['a', 'b'], ['c'], ['d', 'e']]);
  await lane.close();
});

test('[P8] while there is no database, what waits too long is refused; with it, work goes on', async () => {
  let there = false;
  const tried = Promise.withResolvers<void>();
  const open = async () => {
    if (there) return connect();
    throw new Error('nobody listens');
  };
  const link = new Link(open, () => tried.resolve());
  const { lane } = recordingLane(link, { waitMaxMs: 50 });
  await expect(lane.ask('a')).rejects.toEqual(unavailable('store-waited-too-long'));
  await tried.promise;
  there = true;
  const { lane: patient } = recordingLane(link);
  expect(await patient.ask('b')).toBe('B');
  await lane.close();
  await expect(lane.ask('c')).rejects.toEqual(unavailable('store-closed'));
});

test('[P8] closing does not wait for a database that is away longer than what waits may', async () => {
  const link = new Link(
    () => Promise.reject(new Error('nobody listens')),
    () => {},
  );
  const { lane } = recordingLane(link, { waitMaxMs: 50 });
  const asked = lane.ask('a');
  const closed = lane.close();
  await expect(asked).rejects.toEqual(unavailable('store-waited-too-long'));
  await closed;
});

test('[P8] a store refuses what is beyond its queue and answers the rest', async () => {
  const store = await openPostgresStore({ url: server.url, schema: 'full', queueDepthMax: 20 });
  const asked = Array.from({ length: 50 }, (_, at) => store.log.append(message(`m${at}`)));
  const outcomes = await Promise.allSettled(asked);
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
  expect(refused).toEqual(Array.from({ length: 30 }, () => unavailable('store-queue-full')));
  expect((await store.log.head(message('').conversationId))?.lastSeq).toBe(20);
  await store.close();
});

test('[P9] what cannot be stored is refused alone, and the rest of its batch is stored', async () => {
  const store = await openPostgresStore({ url: server.url, schema: 'alone', appendLanes: 1 });
  const bad = [message('b1\0'), message('b2', { senderId: 'x\0' }), message('b3', { members: ['\0'] })];
  const good = Array.from({ length: 20 }, (_, at) => message(`m${at}`));
  const outcomes = await Promise.allSettled(
    [...bad.map((request) => ({ ...request, conversationId: 'bad' })), ...good].map((request) =>
      store.log.append(request),
    ),
  );
  const [first, second, third, ...rest] = outcomes;
  for (const outcome of [first, second, third]) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(StoreError) });
    expect(outcome).toMatchObject({ reason: { kind: 'rejected' } });
  }
  expect(rest.filter(({ status }) => status === 'rejected')).toEqual([]);
  expect(await store.log.read(whole(message('').conversationId))).toHaveLength(20);
  expect(await store.log.head('bad')).toBeUndefined();
  await store.close();
});

test('[LOG-2] a session that the server ends is replaced, and what was in doubt may be asked again', async () => {
  const store = await openPostgresStore({ url: server.url, schema: 'ended' });
  await store.log.append(message('m1'));
  await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $$hongyan$$');
  const append = async (): Promise<number> => {
    try {
      return (await store.log.append(message('m2'))).seq;
    } catch (error) {
      expect(error).toEqual(expect.objectContaining({ kind: 'unavailable' }));
      return append();
    }
  };
  expect(await append()).toBe(2);
  await store.close();
});

test('[P8] a round trip that takes too long ends with its connection, and the lane goes on with another one', async () => {
  const link = new Link(
    () => Connection.open({ url: server.url, schema: 'public', roundTripDeadlineMs: 500 }, []),
    () => {},
  );
  // The server is to be busy beyond the round trip's deadline, which is what is waited for.
  const hang = async (connection: Connection, [seconds]: readonly string[]): Promise<Outcome<boolean>[]> => {
    await connection.execute(`SELECT pg_sleep(${seconds})`);
    return [{ ok: true, value: true }];
  };
  const lane = new Lane(link, hang, { ...limits, batchCallsMax: 1, waitMaxMs: 60_000 });
  const [hung, next] = await Promise.allSettled([lane.ask('60'), lane.ask('0')]);
  expect(hung).toMatchObject({ reason: { name: 'StoreError', kind: 'unavailable' } });
  expect(next).toMatchObject({ value: true });
  await lane.close();
});
