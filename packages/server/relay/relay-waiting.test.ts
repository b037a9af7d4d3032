import { ErrorCode, selfConversationId } from '@hongyan/protocol';
import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { Asker } from '../testing/asker.ts';
import { settle } from '../testing/gateway-world.ts';
import { anna, withBoris } from '../testing/people.ts';
import { RelayWorld } from '../testing/relay-world.ts';

const WAITING_MAX = 50_000;

/** A gateway without any node with logic. */
async function worldWithoutLogic() {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  await world.addPeople(2);
  await settle();
  return { world, asker: new Asker(world) };
}

test('[L1, P3] what is asked while there is no node with logic is done by the first that comes, in its order', async () => {
  const { world, asker } = await worldWithoutLogic();
  for (const id of ['m0', 'm1', 'm2']) asker.send(withBoris, id);
  world.clock.advance(10_000);
  expect(asker.results).toEqual(['waits', 'waits', 'waits']);
  world.logicNode('n1');
  await settle();
  expect(await world.messagesIn(withBoris)).toEqual(['m0', 'm1', 'm2']);
  expect(asker.results).toEqual(['done', 'done', 'done']);
});

test('[LOD-4] what a node gets after its client was told that it took too long is not begun', async () => {
  const { world, asker } = await worldWithoutLogic();
  asker.send(withBoris, 'm0');
  world.clock.advance(16_000);
  world.logicNode('n1');
  await settle();
  expect(await world.messagesIn(withBoris)).toEqual([]);
  expect(asker.results).toEqual([ErrorCode.DEADLINE_EXCEEDED]);
});

test('[LOD-4, L4] what waits for a node with logic fails when its time is up, and is not done later', async () => {
  const { world, asker } = await worldWithoutLogic();
  asker.send(withBoris, 'm0');
  world.clock.advance(44_000);
  expect(asker.results).toEqual(['waits']);
  world.clock.advance(2_000);
  expect(asker.results).toEqual([ErrorCode.DEADLINE_EXCEEDED]);
  world.logicNode('n1');
  await settle();
  expect(await world.messagesIn(withBoris)).toEqual([]);
});

test('[LOD-4, L4] what a node does not answer fails when its time is up', async () => {
  const { world, asker } = await worldWithoutLogic();
  world.isLost = (from, to) => from === 'gateway' && to === 'n1';
  world.logicNode('n1');
  await settle();
  asker.send(withBoris, 'm0');
  for (let passedMs = 0; passedMs < 46_000; passedMs += 1_000) {
    world.clock.advance(1_000);
    await settle();
  }
  expect(asker.results).toEqual([ErrorCode.DEADLINE_EXCEEDED]);
});

test('[P8, L4] only so much waits for a node with logic; what is more is refused and may come back', async () => {
  const { world, asker } = await worldWithoutLogic();
  const refused: unknown[] = [];
  const caller = { ...anna, sessionId: 's1' };
  for (let count = 0; count < WAITING_MAX; count++) {
    asker.logic.differs(caller, { userSeq: 0, digest: 0 }).catch((error) => void refused.push(error));
  }
  await settle();
  expect(refused).toEqual([]);
  asker.send(selfConversationId(anna.userId), 'm0');
  expect(asker.results).toEqual([ErrorCode.OVERLOADED]);
  world.logicNode('n1');
  await settle();
  asker.send(selfConversationId(anna.userId), 'm1');
  await settle();
  expect(asker.results[1]).toBe('done');
});
