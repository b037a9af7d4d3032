import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { Asker } from '../testing/asker.ts';
import { settle } from '../testing/gateway-world.ts';
import { withBoris } from '../testing/people.ts';
import { RelayWorld } from '../testing/relay-world.ts';

async function worldWithNode() {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  await world.addPeople(2);
  world.logicNode('n1');
  await settle();
  return { world, asker: new Asker(world) };
}

const sendSome = (asker: Asker, ids: readonly string[]) => {
  for (const id of ids) asker.send(withBoris, id);
};

test('[L2, P3] what is asked in the turn in which the broker is back comes after what was lost', async () => {
  const { world, asker } = await worldWithNode();
  world.isLost = () => true;
  sendSome(asker, ['m0', 'm1']);
  await settle();
  world.isLost = () => false;
  asker.send(withBoris, 'm2');
  world.network.restore();
  asker.send(withBoris, 'm3');
  await settle();
  expect(await world.messagesIn(withBoris)).toEqual(['m0', 'm1', 'm2', 'm3']);
  expect(asker.results).toEqual(Array(4).fill('done'));
});

test('[L2, P3] what was lost on the way to a node is sent again when the node says that it was cut off', async () => {
  const { world, asker } = await worldWithNode();
  world.isLost = (_, to) => to === 'n1';
  sendSome(asker, ['m0', 'm1']);
  await settle();
  world.isLost = () => false;
  world.network.restore((nodeId) => nodeId === 'n1');
  await settle();
  expect(await world.messagesIn(withBoris)).toEqual(['m0', 'm1']);
  expect(asker.results).toEqual(['done', 'done']);
});

test('[L2, P3] what reaches a node before the others heard that it was cut off waits for what was lost', async () => {
  const { world, asker } = await worldWithNode();
  world.isLost = (_, to) => to === 'n1';
  sendSome(asker, ['m0', 'm1']);
  await settle();
  world.isLost = () => false;
  asker.send(withBoris, 'm2');
  world.network.restore((nodeId) => nodeId === 'n1');
  await settle();
  expect(await world.messagesIn(withBoris)).toEqual(['m0', 'm1', 'm2']);
  expect(asker.results).toEqual(['done', 'done', 'done']);
});

test('[L2] what was lost and nobody noticed is sent again after a while', async () => {
  const { world, asker } = await worldWithNode();
  world.isLost = (_, to) => to === 'n1';
  sendSome(asker, ['m0', 'm1']);
  await settle();
  world.isLost = () => false;
  world.clock.advance(3_500);
  await settle();
  expect(await world.messagesIn(withBoris)).toEqual(['m0', 'm1']);
  expect(asker.results).toEqual(['done', 'done']);
});
