import { ErrorCode, PresenceState, TypingKind } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { GatewayWorld, settle } from '../../testing/gateway-world.ts';
import { boris, withBoris } from '../../testing/people.ts';
import { LoadShedding } from '../load-shedding.ts';

const features = [1, 8] as const;

test('[LOD-5, PRS-7] a node that has too much to do drops typing, refuses Watch, and tells changes when it has time again', async () => {
  let delayMs = 0;
  const random = { bytes: (count: number) => new Uint8Array(count) };
  const load = new LoadShedding({ random, eventLoopDelay: { takeMs: () => delayMs } });
  const world = await GatewayWorld.create({ load });
  const after = async (ms: number) => {
    world.clock.advance(ms);
    await settle();
  };
  const [watcher, peer] = [
    await world.online('anna', { features: [...features] }),
    await world.online('boris', { features: [...features] }),
  ];
  for (const one of [watcher, peer]) {
    one.say(50, { case: 'watch', value: { userIds: [boris.userId], conversationIds: [withBoris] } });
  }
  await settle();
  delayMs = 5_000;
  await after(500);
  expect(load.level).toBe(1);
  const told = watcher.pushed.length;
  peer.say(0, { case: 'typing', value: { conversationId: withBoris, kind: TypingKind.TYPING } });
  peer.say(2, { case: 'stateDevice', value: { kind: 2, isIdle: true } });
  watcher.say(51, { case: 'watch', value: { userIds: [], conversationIds: [] } });
  await settle();
  expect(peer.replies(2)).toMatchObject([{ case: 'done' }]);
  expect(watcher.errorOf(51)).toBe(ErrorCode.OVERLOADED);
  delayMs = 0;
  await after(1_000);
  expect(watcher.pushed).toHaveLength(told);
  await after(60_000);
  expect(load.level).toBe(0);
  const presences = watcher.pushes('presenceChanged').flatMap((push) => push.presences);
  expect(presences.at(-1)).toMatchObject({ userId: boris.userId, state: PresenceState.AWAY });
  expect(watcher.pushes('typingChanged')).toEqual([]);
});
