import { StoreError } from '@hongyan/core';
import { CloseCode, PLAIN_PING } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { Peer } from '../testing/peer.ts';
import { anna } from '../testing/people.ts';
import { Poller } from '../testing/poller.ts';

const closings = (peers: readonly Peer[]) => peers.flatMap((peer) => peer.pushes('closing'));

test('[LOD-1] one connection too many is closed before it has said anything, and there is room again when one ends', async () => {
  const world = await GatewayWorld.create({ connectionsMax: 2 });
  const [first] = [await world.online('anna'), await world.online('boris')];
  const late = [new Peer(world.gateway), new Peer(world.gateway)];
  expect(late.map(({ session }) => session)).toEqual([undefined, undefined]);
  expect(late.map(({ closedWith }) => closedWith)).toEqual([CloseCode.OVERLOADED, CloseCode.OVERLOADED]);
  const advice = closings(late).map(({ retryAfterMs }) => retryAfterMs);
  for (const retryAfterMs of advice) {
    expect(retryAfterMs).toBeGreaterThanOrEqual(10_000);
    expect(retryAfterMs).toBeLessThan(30_000);
  }
  expect(new Set(advice).size).toBe(2);
  expect(world.gateway.connectionCount).toBe(2);
  first.session?.connectionLost();
  expect((await world.online('carla')).replies(1)).toMatchObject([{ case: 'welcome' }]);
});

test('[LOD-2] beyond the rate Hello is closed before its token is looked at, and the rate lets the next in', async () => {
  const tokens: string[] = [];
  const authenticate = async (token: string) => {
    tokens.push(token);
    return anna;
  };
  const world = await GatewayWorld.create({
    handshakeRate: { perSecond: 2, burst: 3 },
    authenticator: { authenticate },
  });
  const peers: Peer[] = [];
  for (const name of ['a', 'b', 'c', 'd', 'e']) peers.push(await world.online(name));
  expect(tokens).toEqual(['a', 'b', 'c']);
  expect(peers.map(({ closedWith }) => closedWith === CloseCode.OVERLOADED)).toEqual([false, false, false, true, true]);
  expect(world.gateway.admission).toMatchObject({ begun: 3, refused: 2 });
  world.clock.advance(500);
  expect((await world.online('f')).closedWith).toBeUndefined();
  expect((await world.online('g')).closedWith).toBe(CloseCode.OVERLOADED);
});

test('[LOD-3] those who are turned away are called back one after another', async () => {
  const world = await GatewayWorld.create({ handshakeRate: { perSecond: 10, burst: 1 } });
  await world.online('anna');
  const turnedAway: Peer[] = [];
  for (let n = 0; n < 20; n++) turnedAway.push(await world.online('anna'));
  const advice = closings(turnedAway).map(({ retryAfterMs }) => retryAfterMs);
  expect(advice).toHaveLength(20);
  for (const [n, retryAfterMs] of advice.entries()) {
    // 8 a second are called back, each with a jitter of up to 200 ms.
    expect(retryAfterMs).toBeGreaterThanOrEqual(Math.max(1, n * 125));
    expect(retryAfterMs).toBeLessThanOrEqual(n * 125 + 201);
  }
});

test('[LOD-2] what a turned-away client says after its Hello is not carried out', async () => {
  const world = await GatewayWorld.create({ handshakeRate: { perSecond: 1, burst: 1 } });
  await world.online('anna');
  const peer = await world.online('boris');
  peer.say(2, { case: 'ping', value: PLAIN_PING });
  peer.send(3, 'let me in');
  await settle();
  expect(peer.frames.map(({ frame }) => frame?.case)).toEqual(['push']);
});

test('[LOD-2] tokens that are not good use nothing up', async () => {
  const world = await GatewayWorld.create({ handshakeRate: { perSecond: 1, burst: 2 } });
  for (let n = 0; n < 20; n++) expect((await world.online('nobody')).closedWith).toBe(CloseCode.UNAUTHENTICATED);
  expect((await world.online('anna')).replies(1)).toMatchObject([{ case: 'welcome' }]);
  expect(world.gateway.admission).toMatchObject({ begun: 1, refused: 0 });
});

test('[LOD-2] a Hello that names a session of somebody else counts as a whole one', async () => {
  const world = await GatewayWorld.create({ handshakeRate: { perSecond: 1, burst: 3 } });
  const anna = await world.online('anna');
  const resume = { sessionId: anna.welcome?.sessionId ?? '', pushesReceived: anna.pushed.length };
  const others = [];
  for (let n = 0; n < 4; n++) others.push(await world.online('boris', { resume }));
  expect(others.map(({ closedWith }) => closedWith)).toEqual([
    undefined,
    undefined,
    CloseCode.OVERLOADED,
    CloseCode.OVERLOADED,
  ]);
  expect(anna.closedWith).toBeUndefined();
});

test('[SES-3] while a token cannot be checked its Hello is told to come back', async () => {
  let away = true;
  const authenticate = async () => {
    if (away) throw new StoreError('unavailable', 'store-queue-full');
    return anna;
  };
  const world = await GatewayWorld.create({ authenticator: { authenticate } });
  const peer = await world.online('anna');
  peer.send(2, 'on a signature alone');
  expect(closings([peer])).toMatchObject([{ code: CloseCode.UNAVAILABLE, retryAfterMs: 1_000 }]);
  expect(peer.frames).toHaveLength(1);
  away = false;
  expect((await world.online('anna')).welcome).toMatchObject(anna);
});

test('[LOD-7] on a full node whoever has said nothing for longest gives the place up, after a second', async () => {
  const world = await GatewayWorld.create({ connectionsMax: 3 });
  const polling = world.gateway.createPolling();
  const member = await world.online('anna');
  const silent = new Peer(world.gateway);
  const poller = new Poller(polling);
  world.clock.advance(1_000);
  expect(new Peer(world.gateway).closedWith).toBe(CloseCode.OVERLOADED);
  world.clock.advance(1);
  const newcomer = await world.online('boris');
  expect(closings([silent])).toMatchObject([{ code: CloseCode.HANDSHAKE_TIMEOUT }]);
  expect(newcomer.replies(1)).toMatchObject([{ case: 'welcome' }]);
  const other = await world.online('carla');
  expect(other.replies(1)).toMatchObject([{ case: 'welcome' }]);
  expect(poller.up(1)).toBe('gone');
  world.clock.advance(2_000);
  expect(new Peer(world.gateway).closedWith).toBe(CloseCode.OVERLOADED);
  expect([member, newcomer, other].map(({ closedWith }) => closedWith)).toEqual([undefined, undefined, undefined]);
});

test('[LOD-7] who has said Hello keeps the place while the token is checked', async () => {
  const world = await GatewayWorld.create({
    connectionsMax: 1,
    authenticator: { authenticate: () => new Promise(() => {}) },
  });
  const peer = await world.online('anna');
  world.clock.advance(3_000);
  expect(new Peer(world.gateway).closedWith).toBe(CloseCode.OVERLOADED);
  expect(peer.closedWith).toBeUndefined();
});
