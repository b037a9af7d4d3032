import { DEFAULT_LIMITS, ErrorCode } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { createMemoryStore } from '../adapters/store/memory/index.ts';
import { anna, boris } from '../testing/people.ts';
import { countingReads } from '../testing/reads.ts';
import { differs } from './comparison.ts';
import { Conversations } from './conversations.ts';
import { Gate } from './gate.ts';

test.each([
  ['everybody’s', 65, (n: number) => `account ${n}`],
  ['its own', 5, () => anna.userId],
])(
  '[SES-14] behind a long queue, %s, nothing is compared, and nothing is queued',
  async (_whose, length, accountOf) => {
    const { store, calls } = countingReads(createMemoryStore());
    const gate = new Gate({ runningMax: 1, waitingMax: 100 });
    const parts = { store, limits: DEFAULT_LIMITS, conversations: new Conversations(store), gate };
    const stated = { userSeq: 7, digest: 7 };
    let go = () => {};
    const blocking = gate.run(
      boris.userId,
      () =>
        new Promise<void>((resolve) => {
          go = resolve;
        }),
    );
    const queued = Array.from({ length }, (_, n) => gate.run(accountOf(n), () => Promise.resolve()));
    const caller = { ...anna, sessionId: '' };
    await expect(differs(parts, caller, stated)).rejects.toMatchObject({ code: ErrorCode.OVERLOADED });
    expect(calls).toEqual([]);
    go();
    await Promise.all([blocking, ...queued]);
    expect(await differs(parts, caller, stated)).toBe(true);
  },
);
