import type { BusMessage } from '@hongyan/core';
import { Role } from '@hongyan/protocol/cluster';
import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { createInProcessBus } from '../adapters/bus/inprocess/bus.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { Announcer } from './announcer.ts';
import { BrokerBus } from './broker-bus.ts';
import { Roster } from './roster.ts';
import { Subjects } from './subjects.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const frameOf = (text: string) => new TextEncoder().encode(text);

/** Nodes with a bus each; what they send is counted by subject. */
function cluster(nodeIds: readonly string[]) {
  const clock = new ManualClock();
  const schedule = (_delayMs: number, task: () => void) => {
    queueMicrotask(task);
    return () => undefined;
  };
  const network = new BrokerNetwork({
    clock: { now: clock.now, schedule },
    passage: () => ({ arrives: true, afterMs: 0 }),
  });
  const subjects = new Subjects('test');
  const sent: string[] = [];
  const buses = nodeIds.map((nodeId) => {
    const broker = network.connect(nodeId);
    const counted = {
      ...broker,
      publish(subject: string, payload: Uint8Array) {
        sent.push(subject);
        broker.publish(subject, payload);
      },
    };
    const roster = new Roster({ broker, subjects, clock, onAsked: () => announcer.announce() });
    const gateway = () => undefined;
    const announcer = new Announcer({ broker, subjects, clock, nodeId, roles: [Role.GATEWAY], gateway });
    announcer.start();
    return new BrokerBus({ broker: counted, subjects, roster, local: createInProcessBus(), defer: queueMicrotask });
  });
  return { buses, sent };
}

test('[L3] a push reaches the account’s connections on every node, and those of a turn share a message', async () => {
  const { buses, sent } = cluster(['a', 'b', 'c']);
  await settle();
  const got: string[] = [];
  const receive = (node: string) => (message: BusMessage) =>
    void got.push(`${node} ${message.userId} ${new TextDecoder().decode(message.frame)} ${message.exceptSessionId}`);
  const ends = buses.map((bus, index) => bus.subscribe('ann', receive(String(index))));
  await settle();
  buses[0]?.publish({ userId: 'ann', frame: frameOf('one'), exceptSessionId: 's1' });
  buses[0]?.publish({ userId: 'ann', frame: frameOf('two'), exceptSessionId: '' });
  await settle();
  expect(got.sort()).toEqual([
    '0 ann one s1',
    '0 ann two ',
    '1 ann one s1',
    '1 ann two ',
    '2 ann one s1',
    '2 ann two ',
  ]);
  expect(sent).toEqual(['test.user.ann']);
  for (const end of ends) end();
  buses[0]?.publish({ userId: 'ann', frame: frameOf('three'), exceptSessionId: '' });
  await settle();
  expect(got).toHaveLength(6);
});

test('[L3] a push to more accounts than there are gateways is one message, and reaches each of them once', async () => {
  const { buses, sent } = cluster(['a', 'b', 'c']);
  await settle();
  const got: string[] = [];
  for (const [index, bus] of buses.entries()) {
    for (const userId of ['ann', 'ben', 'cat', 'dan'].slice(index)) {
      bus.subscribe(userId, (message) => void got.push(`${index} ${message.userId}`));
    }
  }
  await settle();
  buses[1]?.publishToAll(['ann', 'ben', 'cat', 'eve'], { frame: frameOf('hello'), exceptSessionId: '' });
  await settle();
  expect(got.sort()).toEqual(['0 ann', '0 ben', '0 cat', '1 ben', '1 cat', '2 cat']);
  expect(sent).toEqual(['test.pushes']);
  sent.length = 0;
  buses[1]?.publishToAll(['ann', 'ben'], { frame: frameOf('hello'), exceptSessionId: '' });
  await settle();
  expect(sent.sort()).toEqual(['test.user.ann', 'test.user.ben']);
});

test('[E5, L3] a push to a group of any size fits the broker, and reaches everybody once', async () => {
  const { buses, sent } = cluster(['a', 'b']);
  await settle();
  const members = Array.from({ length: 100_000 }, (_, index) => `u${String(index).padStart(16, '0')}`);
  const got: string[] = [];
  const listeners = [members[0], members[50_000], members[99_999]].filter((userId) => userId !== undefined);
  for (const userId of listeners) buses[1]?.subscribe(userId, (message) => void got.push(message.userId));
  await settle();
  buses[0]?.publishToAll(members, { frame: frameOf('all'), exceptSessionId: '' });
  await settle();
  expect(got).toEqual(listeners);
  expect(sent.length).toBeGreaterThan(10);
});
