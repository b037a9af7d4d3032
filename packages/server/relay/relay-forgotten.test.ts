import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { Asker } from '../testing/asker.ts';
import { settle } from '../testing/gateway-world.ts';
import { withBoris } from '../testing/people.ts';
import { RelayWorld } from '../testing/relay-world.ts';

const FLUSH_DELAY_MS = 500;
const TIME_TO_NOTICE_MS = 4_000;

/** Two sessions, each with a message that its device has read. */
async function worldWithReaders() {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  await world.addPeople(2);
  const node = world.logicNode('n1');
  await settle();
  const [first, second] = [new Asker(world, 's1'), new Asker(world, 's2')];
  for (const id of ['m1', 'm2']) first.send(withBoris, id);
  await settle();
  const read = (asker: Asker, seq: number) =>
    asker.ask({ case: 'advanceCursor', value: { conversationId: withBoris, deliveredSeq: seq, readSeq: seq } });
  const keep = async () => {
    world.clock.advance(FLUSH_DELAY_MS);
    await settle();
  };
  const lose = async () => {
    node.process.die();
    world.clock.advance(TIME_TO_NOTICE_MS);
    await settle();
  };
  return { world, node, first, second, read, keep, lose };
}

test('[RCP-6, SES-17] what devices stated and a node that died had not kept is reported to be forgotten', async () => {
  const { world, first, second, read, lose } = await worldWithReaders();
  read(first, 1);
  read(second, 2);
  await settle();
  expect(second.results).toEqual(['done']);
  await lose();
  expect(world.forgotten.sort()).toEqual(['s1', 's2']);
});

test('[RCP-6, SES-17] what a node had kept is not forgotten, only what was stated afterwards', async () => {
  const { world, first, second, read, keep, lose } = await worldWithReaders();
  read(first, 1);
  await settle();
  await keep();
  read(second, 2);
  await settle();
  await lose();
  expect(world.forgotten).toEqual(['s2']);
});

test('[RCP-6] nothing is forgotten by a node that kept all', async () => {
  const { world, first, read, keep, lose } = await worldWithReaders();
  read(first, 1);
  await settle();
  await keep();
  await lose();
  expect(world.forgotten).toEqual([]);
});

test('[RCP-6, SES-17] of a node that was not heard for a while and is back, what it was told since is forgotten', async () => {
  const { world, node, first, second, read, keep, lose } = await worldWithReaders();
  for (const seq of [1, 2]) {
    read(first, seq);
    await settle();
  }
  await keep();
  world.isLost = (from) => from === 'n1';
  world.clock.advance(TIME_TO_NOTICE_MS);
  await settle();
  world.isLost = () => false;
  node.announcer.announce();
  await settle();
  read(second, 2);
  await settle();
  first.send(withBoris, 'm3');
  await settle();
  await lose();
  expect(world.forgotten).toEqual(['s2']);
});
