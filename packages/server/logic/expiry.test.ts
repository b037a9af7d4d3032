import { EntryKind, encodeText } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { GatewayWorld, settle } from '../testing/gateway-world.ts';
import { anna, boris, withBoris } from '../testing/people.ts';
import { Expiry } from './expiry.ts';

const timed = (lifetimeMs: number, livesFromRead: boolean) => ({
  targetSeq: 0,
  mentionedIds: [],
  mentionsAll: false,
  lifetimeMs,
  livesFromRead,
});

async function erased(world: GatewayWorld): Promise<boolean[]> {
  const query = { conversationId: withBoris, afterSeq: 0, beforeSeq: 99, limit: 99, bytesMax: 9_999, from: 'oldest' };
  const entries = await world.store.log.read({ ...query, from: 'oldest' });
  return entries.map(({ body }) => body.length === 0);
}

test('[MSG-5, C5, P7] messages are erased when their time is over, and those that count from reading not before', async () => {
  const world = await GatewayWorld.create();
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const expiry = new Expiry({ store: world.store, clock: world.clock, logger });
  const pass = async (seconds: number) => {
    for (let second = 0; second < seconds; second++) {
      world.clock.advance(1_000);
      await settle();
    }
  };
  const append = (clientMessageId: string, header?: ReturnType<typeof timed>) =>
    world.store.log.append({
      conversationId: withBoris,
      members: [anna.userId, boris.userId],
      kind: EntryKind.MESSAGE,
      senderId: anna.userId,
      clientMessageId,
      clientTimeMs: 0,
      serverTimeMs: world.clock.now(),
      body: encodeText('x'),
      header,
    });
  await append('stays');
  await append('short', timed(5_000, false));
  await append('read', timed(5_000, true));
  await pass(7);
  expect(await erased(world)).toEqual([false, true, false]);
  const cursors = [{ conversationId: withBoris, userId: boris.userId, deliveredSeq: 3, readSeq: 3 }];
  await world.store.cursors.advance({ cursors, positions: [], timeMs: world.clock.now() });
  await pass(4);
  expect(await erased(world)).toEqual([false, true, false]);
  await pass(3);
  expect(await erased(world)).toEqual([false, true, true]);
  await expiry.end();
});
