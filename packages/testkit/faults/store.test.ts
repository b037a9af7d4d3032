import { type AppendRequest, type Store, StoreError } from '@hongyan/core';
import { EntryKind } from '@hongyan/protocol';
import { createMemoryStore } from '@hongyan/server/adapters/store/memory/index.ts';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../random/seeded-random.ts';
import { VirtualClock } from '../time/virtual-clock.ts';
import { calm, type StoreConditions } from './conditions.ts';
import { FaultyStore } from './store.ts';

const conversationId = 'self.u0000000000000000';

const request = (clientMessageId: string): AppendRequest => ({
  conversationId,
  members: ['u0000000000000000'],
  kind: EntryKind.MESSAGE,
  senderId: 'u0000000000000000',
  clientMessageId,
  clientTimeMs: 1,
  serverTimeMs: 1,
  body: Uint8Array.of(1),
});

function setUp(seed: number, conditions: Partial<StoreConditions>) {
  const clock = new VirtualClock(0);
  const disk = createMemoryStore();
  const now = { ...calm().store, ...conditions };
  const store = new FaultyStore(disk, {
    clock,
    random: new SeededRandom(seed),
    conditions: () => now,
    reached: () => undefined,
  });
  return { clock, disk, store };
}

const logged = async (disk: Store) => {
  const everything = {
    conversationId,
    afterSeq: 0,
    beforeSeq: Number.MAX_SAFE_INTEGER,
    limit: 100,
    bytesMax: 1_000_000,
    from: 'oldest',
  } as const;
  return (await disk.log.read(everything)).map((entry) => entry.clientMessageId);
};

describe('FaultyStore', () => {
  it('[L2] commits in the order of asking, later', async () => {
    const { clock, disk, store } = setUp(1, { commitMsMax: 50 });
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const answers = ids.map((id) => store.log.append(request(id)));
    expect(await logged(disk)).toEqual([]);
    await clock.run(1_000);
    expect((await Promise.all(answers)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    expect(await logged(disk)).toEqual(ids);
  });

  it('[L2] fails with nothing done, or in doubt with the commit made', async () => {
    for (const [conditions, kept] of [
      [{ failChance: 1 }, []],
      [{ inDoubtChance: 1 }, ['a']],
    ] as const) {
      const { clock, disk, store } = setUp(1, conditions);
      const answer = store.log.append(request('a')).catch((error: unknown) => error);
      await clock.run(1_000);
      expect(await answer).toBeInstanceOf(StoreError);
      expect(await logged(disk)).toEqual(kept);
    }
  });

  it('[L2] keeps a first part of what was under way in a crash, and answers nobody', async () => {
    const lengths = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const { clock, disk, store } = setUp(seed, { commitMsMax: 50 });
      let answers = 0;
      for (const id of ['a', 'b', 'c']) void store.log.append(request(id)).then(() => (answers += 1));
      await store.crash();
      const kept = await logged(disk);
      expect(kept).toEqual(['a', 'b', 'c'].slice(0, kept.length));
      lengths.add(kept.length);
      await clock.run(1_000);
      expect(await logged(disk)).toEqual(kept);
      expect(answers).toBe(0);
    }
    expect([...lengths].sort()).toEqual([0, 1, 2, 3]);
  });
});
