import { EntryKind, ErrorCode, NO_HOLDINGS } from '@hongyan/protocol';
import type { Answer } from '@hongyan/protocol/cluster';
import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { settle } from '../testing/gateway-world.ts';
import { anna, boris, withBoris } from '../testing/people.ts';
import { RelayWorld } from '../testing/relay-world.ts';

const caller = { ...anna, sessionId: 'n1' };
/** Does not fit what the store has, so that the device is asked what it holds. */
const holdings = { ...NO_HOLDINGS, digests: Uint8Array.of(1, 2, 3, 4) };

/** Asks to be brought up to date about a message, and takes down what is answered. */
async function synchronise(world: RelayWorld) {
  const { relay, clock, store } = world;
  await store.log.append({
    conversationId: withBoris,
    members: [anna.userId, boris.userId],
    kind: EntryKind.MESSAGE,
    senderId: boris.userId,
    clientMessageId: 'm1',
    clientTimeMs: 0,
    serverTimeMs: 0,
    body: Uint8Array.of(1),
  });
  world.logicNode('n1');
  await settle();
  const answers: NonNullable<Answer['body']>[] = [];
  const id = relay.ask({
    key: 0,
    isOrdered: false,
    request: { caller, body: { case: 'synchronise', value: holdings } },
    deadlineMs: clock.now() + 60_000,
    givenUpMs: clock.now() + 60_000,
    statedBy: caller.sessionId,
    answered: (body) => answers.push(body) > 0 && (body.case === 'covered' || body.case === 'error'),
    failed: () => undefined,
  });
  await settle();
  expect(answers.map((body) => body.case)).toEqual(['positionsWanted']);
  return { id, answers };
}

test('[SYN-1] of a session that ended while it was brought up to date nothing is said to be covered', async () => {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  const { id, answers } = await synchronise(world);
  world.relay.tell(id, { caller, body: { case: 'ended', value: { synchroniseId: id } } });
  await settle();
  expect(answers[1]).toMatchObject({ case: 'error', value: { code: ErrorCode.UNAVAILABLE } });
});

test('[SYN-9] a session whose device answers is covered', async () => {
  const world = new RelayWorld((parts) => new BrokerNetwork(parts));
  const { id, answers } = await synchronise(world);
  world.relay.tell(id, {
    caller,
    body: { case: 'positions', value: { synchroniseId: id, stated: { positions: [] } } },
  });
  await settle();
  expect(answers.map((body) => body.case)).toEqual(['positionsWanted', 'push', 'covered']);
});
