import { StoreError } from '@hongyan/core';
import {
  CloseCode,
  conversationHash,
  DEFAULT_LIMITS,
  PLAIN_PING,
  positionDigest,
  SILENCE_FACTOR,
} from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import type { Peer } from '../testing/peer.ts';
import { withBoris } from '../testing/people.ts';
import { countingReads } from '../testing/reads.ts';

const { heartbeatIntervalMs, heartbeatIntervalMaxMs } = DEFAULT_LIMITS;
/** The sweep that looks for silent connections comes this much later at most. */
const SWEEP_MS = 2_000;

let world: GatewayWorld;

beforeEach(async () => {
  world = await GatewayWorld.create();
});

const ping = (peer: Peer, command: number, said: Partial<typeof PLAIN_PING> = {}) =>
  peer.say(command, { case: 'ping', value: { ...PLAIN_PING, ...said } });

describe('silence', () => {
  test.each([
    { announced: 0, silenceMs: heartbeatIntervalMs * SILENCE_FACTOR },
    { announced: 5_000, silenceMs: 5_000 * SILENCE_FACTOR },
    { announced: 100_000, silenceMs: 100_000 * SILENCE_FACTOR },
    { announced: 9_000_000, silenceMs: heartbeatIntervalMaxMs * SILENCE_FACTOR },
  ])(
    '[SES-7] a client that announced $announced ms may be silent for $silenceMs ms',
    async ({ announced, silenceMs }) => {
      const peer = await world.online('anna');
      ping(peer, 2, { nextWithinMs: 150_000 });
      ping(peer, 3, { nextWithinMs: announced });
      world.clock.advance(silenceMs - 1);
      expect(peer.closedWith).toBeUndefined();
      world.clock.advance(SWEEP_MS + 1);
      expect(peer.closedWith).toBe(CloseCode.HEARTBEAT_TIMEOUT);
    },
  );

  test('[SES-7] an announcement holds for its connection, not for the session', async () => {
    const peer = await world.online('anna');
    ping(peer, 2, { nextWithinMs: heartbeatIntervalMaxMs });
    peer.session?.connectionLost();
    const resume = { sessionId: peer.welcome?.sessionId ?? '', pushesReceived: peer.pushed.length };
    const again = await world.online('anna', { resume });
    expect(again.welcome?.resumed).toBe(true);
    world.clock.advance(heartbeatIntervalMs * SILENCE_FACTOR + SWEEP_MS);
    expect(again.closedWith).toBe(CloseCode.HEARTBEAT_TIMEOUT);
  });
});

describe('comparison', () => {
  const digestOf = (seq: number, cursorSum: number) =>
    positionDigest({ conversationHash: conversationHash(withBoris), seq, cursorSum });

  async function conversation(): Promise<Peer> {
    const peer = await world.online('anna');
    for (const command of [2, 3, 4]) peer.send(command, `text ${command}`);
    await settle();
    return world.online('boris');
  }

  const differs = (peer: Peer, command: number) => {
    const [body] = peer.replies(command);
    return body?.case === 'pong' ? body.value.differs : undefined;
  };

  test('[SES-14] who holds everything is told so; an entry, a cursor or an event that lacks is a difference', async () => {
    const peer = await conversation();
    const userSeq = peer.pushes('synced')[0]?.userSeq ?? 0;
    ping(peer, 2, { compare: true, userSeq, digest: digestOf(3, 0) });
    ping(peer, 3, { compare: true, userSeq, digest: digestOf(2, 0) });
    ping(peer, 4, { compare: true, userSeq, digest: digestOf(3, 1) });
    ping(peer, 5, { compare: true, userSeq: userSeq - 1, digest: digestOf(3, 0) });
    ping(peer, 6, { compare: true, userSeq, digest: 0 });
    ping(peer, 7, { userSeq, digest: 0 });
    await settle();
    expect([2, 3, 4, 5, 6, 7].map((command) => differs(peer, command))).toEqual([false, true, true, true, true, false]);
  });

  test('[SES-14] a cursor that memory alone knows is compared too', async () => {
    const peer = await conversation();
    const userSeq = peer.pushes('synced')[0]?.userSeq ?? 0;
    peer.say(2, { case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: 3, readSeq: 0 } });
    await settle();
    ping(peer, 3, { compare: true, userSeq, digest: digestOf(3, 3) });
    ping(peer, 4, { compare: true, userSeq, digest: digestOf(3, 0) });
    await settle();
    expect([3, 4].map((command) => differs(peer, command))).toEqual([false, true]);
  });

  test('[SES-14] a comparison reads the heads and the end of the user log, and no more', async () => {
    await conversation();
    const { store, calls } = countingReads(world.store);
    world = new GatewayWorld(store);
    const peer = await world.online('boris');
    calls.length = 0;
    ping(peer, 2, { compare: true, userSeq: peer.pushes('synced')[0]?.userSeq ?? 0, digest: 1 });
    await settle();
    expect(differs(peer, 2)).toBe(true);
    expect(calls).toEqual(['userLog.lastSeq', 'log.heads']);
  });

  test('[SES-14] a store that cannot be asked is no difference: the ping is answered', async () => {
    let isAway = false;
    const { store } = world;
    const heads: typeof store.log.heads = (userId, limit) =>
      isAway ? Promise.reject(new StoreError('unavailable', 'away')) : store.log.heads(userId, limit);
    world = new GatewayWorld({ ...store, log: { ...store.log, heads } });
    const peer = await conversation();
    isAway = true;
    ping(peer, 2, { compare: true, userSeq: peer.pushes('synced')[0]?.userSeq ?? 0, digest: 1 });
    await settle();
    expect(differs(peer, 2)).toBe(false);
  });
});
