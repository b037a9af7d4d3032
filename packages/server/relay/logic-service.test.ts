import { BrokerNetwork } from '@hongyan/testkit/broker';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { Asker } from '../testing/asker.ts';
import { settle } from '../testing/gateway-world.ts';
import { withBoris } from '../testing/people.ts';
import { RelayWorld } from '../testing/relay-world.ts';

const fetchEntries = { conversationId: withBoris, afterSeq: 0, beforeSeq: 0, limit: 10 };
/** A request that nothing is heard of is sent again after it. */
const REPOST_MS = 3_500;

/** A node whose store answers reads of the log when it is told to. */
async function worldWithSlowReads() {
  const inner = createMemoryStore();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  let reads = 0;
  const log: typeof inner.log = {
    ...inner.log,
    async read(query) {
      reads += 1;
      await released;
      return inner.log.read(query);
    },
  };
  const world = new RelayWorld((parts) => new BrokerNetwork(parts), { ...inner, log });
  await world.addPeople(2);
  const node = world.logicNode('n1');
  await settle();
  return { world, node, asker: new Asker(world), release, reads: () => reads };
}

test('[L2, SES-5] a request that comes again while it is carried out is not carried out twice, and answered once', async () => {
  const { world, asker, release, reads } = await worldWithSlowReads();
  asker.ask({ case: 'fetchEntries', value: fetchEntries });
  await settle();
  world.carried.length = 0;
  world.clock.advance(REPOST_MS);
  await settle();
  expect(world.carried).toContain('gateway n1');
  release();
  await settle();
  expect(asker.results).toEqual(['done']);
  expect(reads()).toBe(1);
});

test('[L2] a request whose answer was lost is carried out again', async () => {
  const { world, asker, release, reads } = await worldWithSlowReads();
  release();
  world.isLost = (from) => from === 'n1';
  asker.ask({ case: 'fetchEntries', value: fetchEntries });
  await settle();
  expect([asker.results, reads()]).toEqual([['waits'], 1]);
  world.isLost = () => false;
  world.clock.advance(REPOST_MS);
  await settle();
  expect([asker.results, reads()]).toEqual([['done'], 2]);
});

test('[SES-10, L1] a node that leaves is drained when all that was asked of it is answered', async () => {
  const { node, asker, release } = await worldWithSlowReads();
  asker.ask({ case: 'fetchEntries', value: fetchEntries });
  await settle();
  let isDrained = false;
  const drained = node.service.drain().then(() => {
    isDrained = true;
  });
  await settle();
  expect(isDrained).toBe(false);
  release();
  await drained;
  node.service.close();
  await settle();
  expect(asker.results).toEqual(['done']);
});
