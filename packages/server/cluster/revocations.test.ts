import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { settle } from '../testing/gateway-world.ts';
import { NodeProcess } from '../testing/node-process.ts';
import { anna, annasPhone } from '../testing/people.ts';
import { RelayWorld } from '../testing/relay-world.ts';
import { REMEMBERED_MS_MAX, shareRevocations } from './revocations.ts';

/** Two nodes that both know Anna's tokens to be good. */
async function twoNodes() {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  await world.addPeople(1);
  const [token, phoneToken] = [await world.addDevice(anna), await world.addDevice(annasPhone)];
  const [here, there] = [world.logicNode('here'), world.logicNode('there')];
  await settle();
  for (const { authenticator } of [here, there]) {
    expect(await authenticator.authenticate(token)).toEqual(anna);
    expect(await authenticator.authenticate(phoneToken)).toEqual(annasPhone);
  }
  const elsewhere = () => there.authenticator.authenticate(token);
  return { world, here, there, elsewhere, phoneToken };
}

test('[SES-3, A1] a device that one node signs out is let in by no other one', async () => {
  const { here, there, elsewhere, phoneToken } = await twoNodes();
  await here.signOut(anna.deviceId);
  await settle();
  expect(await elsewhere()).toBeUndefined();
  expect(await there.authenticator.authenticate(phoneToken)).toEqual(annasPhone);
});

test('[DEV-3, A2] the other nodes are told whether a newer device took its place', async () => {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  const heard: [nodeId: string, deviceId: string, isReplaced: boolean][] = [];
  const { subjects } = world;
  const share = (nodeId: string) => {
    const node = new NodeProcess(world.clock, () => undefined);
    const broker = world.network.connect(nodeId, node);
    return shareRevocations({
      ...{ broker, subjects, onMissed: () => undefined },
      revoke: (deviceId, isReplaced) => heard.push([nodeId, deviceId, isReplaced]),
    });
  };
  const [tell] = [share('one'), share('two')];
  tell?.('d1', true);
  tell?.('d2', false);
  await settle();
  expect(heard.filter(([nodeId]) => nodeId === 'two')).toEqual([
    ['two', 'd1', true],
    ['two', 'd2', false],
  ]);
});

test('[SES-3, L2] a sign-out that was lost while the broker was away counts when it is back', async () => {
  const { world, here, elsewhere } = await twoNodes();
  world.isLost = () => true;
  await here.signOut(anna.deviceId);
  await settle();
  expect(await elsewhere()).toEqual(anna);
  world.isLost = () => false;
  world.network.restore();
  expect(await elsewhere()).toBeUndefined();
});

test('[SES-3, L2] a sign-out that was lost and nobody noticed counts two minutes later at the latest', async () => {
  const { world, here, there, elsewhere, phoneToken } = await twoNodes();
  world.isLost = () => true;
  await here.signOut(anna.deviceId);
  world.clock.advance(REMEMBERED_MS_MAX - 1);
  expect(await elsewhere()).toEqual(anna);
  world.clock.advance(1);
  expect(await elsewhere()).toBeUndefined();
  expect(await there.authenticator.authenticate(phoneToken)).toEqual(annasPhone);
});
