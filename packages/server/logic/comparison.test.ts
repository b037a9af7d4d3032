import { DEFAULT_LIMITS } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { anna } from '../testing/people.ts';
import { countingReads } from '../testing/reads.ts';
import { differs } from './comparison.ts';
import { Conversations } from './conversations.ts';
import { Gate } from './gate.ts';

test('[SES-14] behind a long queue of devices nothing is compared, and nothing is queued', async () => {
  const { store, calls } = countingReads(createMemoryStore());
  const gate = new Gate(1);
  const parts = { store, limits: DEFAULT_LIMITS, conversations: new Conversations(store), gate };
  const stated = { userSeq: 7, digest: 7 };
  let go = () => {};
  const blocking = gate.run(
    () =>
      new Promise<void>((resolve) => {
        go = resolve;
      }),
  );
  const queued = Array.from({ length: 65 }, () => gate.run(() => Promise.resolve()));
  const caller = { ...anna, sessionId: '' };
  expect(await differs(parts, caller, stated)).toBe(false);
  expect(calls).toEqual([]);
  go();
  await Promise.all([blocking, ...queued]);
  expect(await differs(parts, caller, stated)).toBe(true);
});
