import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { electByChannel } from './channel-election.ts';
import { electByLock, type Locks } from './lock-election.ts';
import { FakeNeighbours } from './testing/fake-neighbours.ts';

/** One who stands for the lead. */
class Candidate {
  readonly end = new AbortController();
  leads = false;
  readonly changed = (leads: boolean) => {
    this.leads = leads;
  };
}

const leaders = (candidates: Candidate[]) => candidates.map(({ leads }) => leads);

describe('by lock', () => {
  /** Web Locks, as far as they matter here: one holder, the others wait in order. */
  class FakeLocks implements Locks {
    #last: Promise<unknown> = Promise.resolve();
    async request(_name: string, { signal }: { signal: AbortSignal }, work: () => Promise<void>): Promise<unknown> {
      const turn = this.#last.then(() => (signal.aborted ? undefined : work()));
      this.#last = turn;
      await turn;
      if (signal.aborted) throw new Error('aborted');
      return undefined;
    }
  }

  test('[OUT-7] one leads at a time, for life; the next takes over', async () => {
    const locks = new FakeLocks();
    const candidates = [new Candidate(), new Candidate(), new Candidate()];
    for (const { end, changed } of candidates) electByLock(locks, 'name', end.signal, changed);
    await vi.waitFor(() => expect(leaders(candidates)).toEqual([true, false, false]));
    candidates[1]?.end.abort();
    candidates[0]?.end.abort();
    await vi.waitFor(() => expect(leaders(candidates)).toEqual([false, false, true]));
  });
});

describe('by channel', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const stand = (candidate: Candidate, neighbours: FakeNeighbours, id: string) => {
    const { end, changed } = candidate;
    electByChannel({ join: neighbours.join, name: 'name', signal: end.signal, changed, id });
  };

  test('[OUT-7] one who hears nobody leads; later ones follow and take over when it resigns', async () => {
    const neighbours = new FakeNeighbours();
    const [first, second] = [new Candidate(), new Candidate()];
    stand(first, neighbours, 'b');
    await vi.advanceTimersByTimeAsync(10_000);
    stand(second, neighbours, 'a');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(leaders([first, second])).toEqual([true, false]);
    first.end.abort();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(leaders([first, second])).toEqual([false, true]);
    second.end.abort();
  });

  test('[OUT-7] one that dies without a word is missed', async () => {
    const neighbours = new FakeNeighbours();
    const second = new Candidate();
    const dead = neighbours.join('name', (word) => {
      if ('type' in word && word.type === 'who') dead.tell({ type: 'leads', from: 'a' });
    });
    stand(second, neighbours, 'b');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(second.leads).toBe(false);
    dead.leave();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(second.leads).toBe(true);
    second.end.abort();
  });

  test('[OUT-7] of several that begin at once one leads', async () => {
    const neighbours = new FakeNeighbours();
    const candidates = ['b', 'a', 'c'].map((id) => {
      const candidate = new Candidate();
      stand(candidate, neighbours, id);
      return candidate;
    });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(leaders(candidates).filter(Boolean)).toHaveLength(1);
    for (const { end } of candidates) end.abort();
  });

  test('[OUT-7] of several that lead because words came late, the one with the least id is left', async () => {
    const neighbours = new FakeNeighbours();
    const late: (() => void)[] = [];
    const candidates = ['b', 'a', 'c'].map((id) => {
      const candidate = new Candidate();
      const slow: FakeNeighbours['join'] = (name, hear) => neighbours.join(name, (word) => late.push(() => hear(word)));
      electByChannel({ join: slow, name: 'name', signal: candidate.end.signal, changed: candidate.changed, id });
      return candidate;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(leaders(candidates)).toEqual([true, true, true]);
    for (let word = late.shift(); word; word = late.shift()) {
      word();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(leaders(candidates)).toEqual([false, true, false]);
    for (const { end } of candidates) end.abort();
  });
});
