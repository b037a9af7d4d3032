import type { Store } from '@hongyan/core';
import { CloseCode, DEFAULT_LIMITS, ErrorCode } from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { withBoris } from '../testing/people.ts';
import { InFlight } from './in-flight.ts';
import { LoadShedding } from './load-shedding.ts';

const random = { bytes: (count: number) => new Uint8Array(count) };
const command = { case: 'fetchUserEvents', value: { afterSeq: 0, limit: 1 } } as const;

const pass = async (world: GatewayWorld, ms: number) => {
  world.clock.advance(ms);
  await settle();
};

/** A store whose appends and reads wait until they are released. */
async function stuckWorld() {
  const { store } = await GatewayWorld.create();
  const release: (() => void)[] = [];
  const held = () => new Promise<void>((resolve) => release.push(resolve));
  const log: Store['log'] = {
    ...store.log,
    append: (request) => held().then(() => store.log.append(request)),
    read: (query) => held().then(() => store.log.read(query)),
  };
  const world = new GatewayWorld({ ...store, log });
  const free = async () => {
    for (const go of release.splice(0)) go();
    await settle();
  };
  return { world, store, free };
}

const fetch = {
  case: 'fetchEntries',
  value: { conversationId: withBoris, afterSeq: 0, beforeSeq: 0, limit: 10 },
} as const;

describe('deadlines', () => {
  test('[LOD-4] a command that takes too long is answered once, and its late result is dropped', async () => {
    const { world, free, store } = await stuckWorld();
    const peer = await world.online('anna');
    peer.send(2, 'slow');
    peer.say(3, fetch);
    await settle();
    await pass(world, 9_999);
    expect([peer.replies(2), peer.replies(3)]).toEqual([[], []]);
    await pass(world, 3_001);
    expect([peer.errorOf(2), peer.errorOf(3)]).toEqual([undefined, ErrorCode.DEADLINE_EXCEEDED]);
    await pass(world, 5_000);
    expect(peer.errorOf(2)).toBe(ErrorCode.DEADLINE_EXCEEDED);
    await free();
    await pass(world, 5_000);
    expect([peer.replies(2).length, peer.replies(3).length]).toEqual([1, 1]);
    expect(await store.log.head(withBoris)).toMatchObject({ lastSeq: 1 });
  });

  test('[LOD-4] the same message sent again after it gets the first one’s place', async () => {
    const { world, free } = await stuckWorld();
    const peer = await world.online('anna');
    peer.send(2, 'slow', 'same');
    await settle();
    await pass(world, 18_000);
    expect(peer.errorOf(2)).toBe(ErrorCode.DEADLINE_EXCEEDED);
    peer.send(3, 'slow', 'same');
    await settle();
    await free();
    // The repeated one reads what the first had written.
    await free();
    expect(peer.replies(3)).toMatchObject([{ case: 'messageSent', value: { seq: 1 } }]);
  });

  test('[LOD-4] overdue commands count until their results are there', async () => {
    const { world, free } = await stuckWorld();
    const peer = await world.online('anna');
    for (let n = 0; n < DEFAULT_LIMITS.commandsInFlightMax; n++) peer.say(100 + n, fetch);
    await settle();
    await pass(world, 13_000);
    expect(peer.errorOf(100)).toBe(ErrorCode.DEADLINE_EXCEEDED);
    peer.say(2, fetch);
    await settle();
    expect(peer.errorOf(2)).toBe(ErrorCode.OVERLOADED);
    await free();
    peer.say(3, fetch);
    await settle();
    await free();
    expect(peer.replies(3)).toMatchObject([{ case: 'entryPage' }]);
  });

  test('[LOD-4] a command whose turn comes after its deadline is not begun', async () => {
    const release: (() => void)[] = [];
    let appends = 0;
    const { store } = await GatewayWorld.create();
    const world = new GatewayWorld({
      ...store,
      log: {
        ...store.log,
        head: (id) => new Promise<void>((resolve) => release.push(resolve)).then(() => store.log.head(id)),
        append(request) {
          appends += 1;
          return store.log.append(request);
        },
      },
    });
    const peer = await world.online('anna');
    peer.say(2, fetch);
    peer.send(3, 'too late');
    await pass(world, 18_000);
    expect(peer.errorOf(3)).toBe(ErrorCode.DEADLINE_EXCEEDED);
    for (const go of release) go();
    await settle();
    await settle();
    expect(appends).toBe(0);
    peer.send(4, 'in time');
    await settle();
    expect(peer.replies(4)).toMatchObject([{ case: 'messageSent', value: { seq: 1 } }]);
  });

  test('[LOD-4, LOD-8] a page whose turn comes after its deadline, or its connection, is not read', async () => {
    const { store } = await GatewayWorld.create();
    const release: (() => void)[] = [];
    const log: Store['log'] = {
      ...store.log,
      read: (query) => new Promise<void>((resolve) => release.push(resolve)).then(() => store.log.read(query)),
    };
    const world = new GatewayWorld({ ...store, log });
    const [peer, gone] = [await world.online('anna'), await world.online('annasPhone')];
    for (const each of [peer, gone]) for (let n = 0; n < 100; n++) each.say(100 + n, fetch);
    await settle();
    expect(release).toHaveLength(64);
    gone.session?.connectionLost();
    await pass(world, 13_000);
    for (const go of release) go();
    await settle();
    expect(release).toHaveLength(64);
    peer.say(2, fetch);
    await settle();
    expect(release).toHaveLength(65);
  });

  test('[LOD-8] a page is read in its account’s turn, however many another account asks for', async () => {
    const { store } = await GatewayWorld.create();
    const asked: { senderOf: string; go: () => void }[] = [];
    const log: Store['log'] = {
      ...store.log,
      read: ({ limit, ...query }) =>
        new Promise<void>((go) => asked.push({ senderOf: limit === 7 ? 'boris' : 'anna', go })).then(() =>
          store.log.read({ limit, ...query }),
        ),
    };
    const world = new GatewayWorld({ ...store, log });
    const [anna, boris] = [await world.online('anna'), await world.online('boris')];
    anna.send(2, 'so that the conversation is in use');
    await settle();
    for (let n = 0; n < 200; n++) anna.say(100 + n, fetch);
    boris.say(2, { case: 'fetchEntries', value: { ...fetch.value, limit: 7 } });
    await settle();
    for (const { go } of asked.slice(0, 2)) go();
    await settle();
    expect(asked.map(({ senderOf }) => senderOf).slice(64)).toEqual(['anna', 'boris']);
  });

  test('[SES-10] draining waits for nothing whose deadline has passed', async () => {
    const { world } = await stuckWorld();
    const peer = await world.online('anna');
    peer.send(2, 'slow');
    await settle();
    await pass(world, 18_000);
    void world.gateway.drain(5_000);
    expect(peer.closedWith).toBe(CloseCode.GOING_AWAY);
  });
});

describe('bookkeeping', () => {
  test('[LOD-4] what ends, expires or is given up leaves nothing behind', () => {
    const load = new LoadShedding({ random, eventLoopDelay: { takeMs: () => 0 } });
    const inFlight = new InFlight(load);
    const tickets = [1, 2, 3, 4].map((id) => inFlight.take(id, command, id));
    const [first, second, third, fourth] = tickets;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error();
    expect(inFlight.settle(first)).toBe(true);
    expect(inFlight.settle(first)).toBe(false);
    expect(inFlight.expire(10_002).map(({ id }) => id)).toEqual([2]);
    expect(inFlight.count).toBe(3);
    expect(inFlight.settle(second)).toBe(false);
    expect(inFlight.count).toBe(2);
    expect(inFlight.settle(third)).toBe(true);
    inFlight.clear();
    expect(inFlight.settle(fourth)).toBe(false);
    expect([inFlight.count, inFlight.allAnswered, load.unansweredCommands]).toEqual([0, true, 0]);
  });
});
