import { type ConversationId, directConversationId } from '@hongyan/protocol';
import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { Asker } from '../testing/asker.ts';
import { settle } from '../testing/gateway-world.ts';
import { anna, testId, withBoris } from '../testing/people.ts';
import { RelayWorld } from '../testing/relay-world.ts';

const TIME_TO_NOTICE_MS = 4_000;
/** Whether a node is there that does not answer. */
const TIME_TO_ASK_MS = 1_000;
const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `m${from + index}`);
/** Enough that some of them belong to either of two nodes. */
const conversations = Array.from({ length: 20 }, (_, n) => directConversationId(anna.userId, testId('u', 4 + n)));

async function worldWithNode() {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  await world.addPeople(conversations.length + 4);
  const node = world.logicNode('n1');
  await settle();
  return { world, node, asker: new Asker(world), log: (id: ConversationId) => world.messagesIn(id) };
}

test('[L2, P3] what a node that died has not done is asked of another one, in the order in which it was asked', async () => {
  const { world, node, asker, log } = await worldWithNode();
  node.process.freeze();
  for (const id of ids(0, 10)) asker.send(withBoris, id);
  await settle();
  world.logicNode('n2');
  await settle();
  for (const id of ids(10, 20)) asker.send(withBoris, id);
  await settle();
  expect(await log(withBoris)).toEqual([]);
  node.process.die();
  world.clock.advance(TIME_TO_NOTICE_MS);
  await settle();
  expect(await log(withBoris)).toEqual(ids(0, 20));
  expect(asker.results).toEqual(Array(20).fill('done'));
});

test('[L2] what a node took with it is asked of another one before its silence tells that it is gone', async () => {
  const { world, node, asker, log } = await worldWithNode();
  node.process.freeze();
  asker.send(withBoris, 'm0');
  await settle();
  world.logicNode('n2');
  node.process.die();
  world.clock.advance(TIME_TO_ASK_MS);
  await settle();
  expect(await log(withBoris)).toEqual(['m0']);
  expect(asker.results).toEqual(['done']);
});

test('[L2, LOG-2] what a node did and could not say any more is done once', async () => {
  const { world, node, asker, log } = await worldWithNode();
  world.isLost = (from) => from === 'n1';
  for (const id of ids(0, 5)) asker.send(withBoris, id);
  await settle();
  expect(await log(withBoris)).toEqual(ids(0, 5));
  expect(asker.results).toEqual(Array(5).fill('waits'));
  node.process.die();
  world.logicNode('n2');
  for (const id of ids(5, 9)) asker.send(withBoris, id);
  world.clock.advance(TIME_TO_NOTICE_MS);
  await settle();
  expect(asker.results).toEqual(Array(9).fill('done'));
  expect(await log(withBoris)).toEqual(ids(0, 9));
});

test('[L1, P3] while a message is unanswered the next one follows it, though the conversation belongs to a new node', async () => {
  const { world, node, asker, log } = await worldWithNode();
  const sendEach = async (round: number) => {
    world.carried.length = 0;
    for (const [at, conversationId] of conversations.entries()) asker.send(conversationId, `${at} ${round}`);
    await settle();
    return new Set(world.carried.filter((way) => way.startsWith('gateway ')));
  };
  node.process.freeze();
  await sendEach(0);
  const n2 = world.logicNode('n2');
  await settle();
  expect(await sendEach(1)).toEqual(new Set(['gateway n1']));
  node.process.thaw();
  await settle();
  expect(await sendEach(2)).toEqual(new Set(['gateway n1', 'gateway n2']));
  n2.announcer.leave();
  await settle();
  expect(await sendEach(3)).toEqual(new Set(['gateway n1']));
  for (const [at, conversationId] of conversations.entries()) {
    expect(await log(conversationId)).toEqual([`${at} 0`, `${at} 1`, `${at} 2`, `${at} 3`]);
  }
  expect(asker.results).toEqual(Array(4 * conversations.length).fill('done'));
});
