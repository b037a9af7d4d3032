import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { Cluster } from './kit/cluster.ts';
import { closeGuests, Guest } from './kit/guest.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await Cluster.create();
});
beforeEach(() => cluster.begin());
afterEach(async () => {
  await closeGuests();
  await cluster.end();
});
afterAll(() => cluster?.dispose());

const arrive = (server: string, count: number) =>
  Promise.all(Array.from({ length: count }, () => Guest.arrive(server)));

test('[A6, L1] people are spread over the gateways; those of one that is drained go on at the other', async () => {
  const [first, second] = await Promise.all([cluster.gateway(), cluster.gateway()]);
  const { url } = await cluster.api();
  const guests = await arrive(url, 24);
  await Promise.all(guests.map((guest) => guest.is('online')));
  const [one, other] = await Promise.all([first.connectionCount(), second.connectionCount()]);
  expect(one + other).toBe(24);
  expect(Math.min(one, other)).toBeGreaterThanOrEqual(3);
  await first.drain();
  await Promise.all(guests.map((guest) => guest.writes('still here')));
  expect(await second.connectionCount()).toBe(24);
});

test('[A6] a node that is API and gateway in one sends people to itself, by HTTP and TCP, also without a limit of its own', async () => {
  const { url } = await cluster.gateway({ roles: 'gateway,api,logic,worker', handshakesPerSecond: '0' });
  const guest = await Guest.arrive(url);
  await guest.writes('here');
  const post = async (path: string, body: object, headers = {}) =>
    (
      await fetch(url + path, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      })
    ).json();
  const account = { handle: 'by-hand', password: 'password by hand', displayName: 'By Hand' };
  const { accessToken } = (await post('/v1/accounts', account)) as { accessToken: string };
  expect(await post('/v1/gateways', {}, { authorization: `Bearer ${accessToken}` })).toEqual({
    status: 'allocated',
    gateways: [{ url, tcpPort: expect.any(Number) }],
    keepForMs: 3_600_000,
  });
});

test('[A6, CON-11, LOD-3] who comes faster than a gateway takes people gets a place in the line, and gets in, in order', async () => {
  await cluster.gateway({ handshakesPerSecond: '1' });
  const { url } = await cluster.api();
  // A second node that gives out the same gateway: each lets in one person in two seconds.
  await cluster.api({ roles: 'api' });
  const guests = await Promise.all(Array.from({ length: 5 }, () => Guest.prepare(url)));
  const entered: Guest[] = [];
  await Promise.all(
    guests.map(async (guest) => {
      await guest.client.start();
      await guest.is('online');
      entered.push(guest);
    }),
  );
  const places = entered.flatMap(({ places: [first] }) => first ?? []);
  expect(places).toEqual([1, 2, 3]);
  for (const guest of guests) expect(guest.places).toEqual(guest.places.toSorted((one, other) => other - one));
});

test('[A6, CON-11, LOD-1] where all is full people wait, and get in when others leave', async () => {
  const gateway = await cluster.gateway({ connectionsMax: '2' });
  const { url } = await cluster.api();
  const guests = await arrive(url, 2);
  await Promise.all(guests.map((guest) => guest.is('online')));
  const waiting: Guest[] = [];
  for (const place of [1, 2]) {
    const guest = await Guest.arrive(url);
    await guest.is('queued');
    expect(guest.places).toEqual([place]);
    waiting.push(guest);
  }
  expect(await gateway.connectionCount()).toBe(2);
  await Promise.all(guests.map((guest) => guest.client.close()));
  await Promise.all(waiting.map((guest) => guest.is('online')));
  expect(waiting.flatMap(({ states }) => states.filter(({ status }) => status === 'offline'))).toEqual([]);
  expect(await gateway.connectionCount()).toBe(2);
}, 120_000);
