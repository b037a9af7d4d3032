import type { ConversationHead } from '@hongyan/core';
import { ErrorCode, NO_HOLDINGS } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { type Peer, toPosition } from '../testing/peer.ts';
import { withBoris } from '../testing/people.ts';

let world: GatewayWorld;
let sender: Peer;
/** Lets the store answer what it was asked for the heads of conversations, as they were when it was asked. */
let answer: (() => void)[];
/** Whether it waits for that. */
let isSlow: boolean;

beforeEach(async () => {
  const { store } = await GatewayWorld.create();
  answer = [];
  isSlow = false;
  const heads: typeof store.log.heads = async (userId, limit) => {
    const found: ConversationHead[] = await store.log.heads(userId, limit);
    if (isSlow) await new Promise<void>((resolve) => answer.push(resolve));
    return found;
  };
  world = new GatewayWorld({ ...store, log: { ...store.log, heads } });
  sender = await world.online('anna');
  sender.send(2, 'before');
  await settle();
  isSlow = true;
});

const release = async () => {
  for (const go of answer.splice(0)) go();
  await settle();
};

const synchronise = (peer: Peer, command: number, seq: number) => {
  const holdings = { ...NO_HOLDINGS, positions: [toPosition([withBoris, seq, 0, seq])] };
  peer.say(command, { case: 'synchronise', value: { holdings } });
};

describe('backlog', () => {
  test('[SYN-10] what is pushed meanwhile comes after the backlog and before Synced, and then pushes are live', async () => {
    const peer = await world.online('boris');
    sender.send(3, 'meanwhile');
    await settle();
    expect(peer.pushed).toEqual([]);
    await release();
    expect(peer.pushed).toEqual(['conversationUpdate', 'entry', 'synced']);
    sender.send(4, 'afterwards');
    await settle();
    expect(peer.pushed).toEqual(['conversationUpdate', 'entry', 'synced', 'entry']);
  });

  test('[SYN-10] too much to be held back comes at once, in its order', async () => {
    const peer = await world.online('boris');
    for (let n = 0; n < 6; n++) sender.send(10 + n, 'x'.repeat(50_000));
    await settle();
    sender.send(20, 'small');
    await settle();
    expect(peer.pushes('entry').map(({ seq }) => seq)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    await release();
    expect(peer.pushed.slice(7)).toEqual(['conversationUpdate', 'synced']);
  });

  test('[SYN-11] a live session is brought up to date again: differences, what came meanwhile, Synced, Done', async () => {
    isSlow = false;
    const peer = await world.online('boris');
    const count = peer.frames.length;
    isSlow = true;
    synchronise(peer, 5, 0);
    sender.send(3, 'meanwhile');
    await settle();
    expect(peer.frames).toHaveLength(count);
    await release();
    const after = peer.frames.slice(count).map(({ frame }) => frame?.value.body?.case);
    expect(after).toEqual(['conversationUpdate', 'entry', 'synced', 'done']);
    expect(peer.replies(5)).toMatchObject([{ case: 'done' }]);
  });

  test('[SYN-11] a second one meanwhile is refused, also while Hello is being answered; later it is not', async () => {
    const peer = await world.online('boris');
    synchronise(peer, 5, 1);
    await settle();
    expect(peer.replies(5)).toMatchObject([
      { case: 'error', value: { code: ErrorCode.OVERLOADED, retryAfterMs: 1_000 } },
    ]);
    await release();
    synchronise(peer, 6, 1);
    synchronise(peer, 7, 1);
    await settle();
    await release();
    expect([peer.errorOf(6), peer.errorOf(7)]).toEqual([undefined, ErrorCode.OVERLOADED]);
    expect(peer.pushes('synced')).toHaveLength(2);
  });

  test('[SYN-11, SES-11] a session goes on living after a sync that failed, with what was held back', async () => {
    const { store } = world;
    let isAway = false;
    const userLog = {
      ...store.userLog,
      lastSeq: async (userId: string) => (isAway ? Promise.reject(new Error('away')) : store.userLog.lastSeq(userId)),
    };
    isSlow = false;
    world = new GatewayWorld({ ...store, userLog });
    const [peer, writer] = [await world.online('boris'), await world.online('anna')];
    isAway = true;
    synchronise(peer, 5, 1);
    writer.send(3, 'meanwhile');
    await settle();
    expect(peer.errorOf(5)).toBe(ErrorCode.INTERNAL);
    expect(peer.closedWith).toBeUndefined();
    expect(peer.pushed.at(-1)).toBe('entry');
    peer.session?.connectionLost();
    const resume = { sessionId: peer.welcome?.sessionId ?? '', pushesReceived: peer.pushed.length };
    expect((await world.online('boris', { resume })).welcome?.resumed).toBe(true);
  });

  test('[SES-10] draining ends a sync and answers it', async () => {
    isSlow = false;
    const peer = await world.online('boris');
    isSlow = true;
    synchronise(peer, 5, 1);
    await settle();
    const drained = world.gateway.drain(5_000);
    await release();
    await drained;
    expect(peer.errorOf(5)).toBe(ErrorCode.UNAVAILABLE);
    expect(peer.pushes('closing')).toHaveLength(1);
  });
});
