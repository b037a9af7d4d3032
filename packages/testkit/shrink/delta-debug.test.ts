import { describe, expect, it } from 'vitest';
import { deltaDebug } from './delta-debug.ts';

const all = Array.from({ length: 200 }, (_, index) => index);

describe('deltaDebug', () => {
  it('[L2] finds the few that matter', async () => {
    const needed = [3, 77, 78, 191];
    const stillFails = async (kept: readonly number[]) => needed.every((index) => kept.includes(index));
    expect(await deltaDebug(all, stillFails, { triesLeft: 1_000 })).toEqual(needed);
  });

  it('[L2] stops when its tries are used up, with something that fails', async () => {
    let tries = 0;
    const stillFails = async (kept: readonly number[]) => {
      tries += 1;
      return kept.includes(5) && kept.includes(150);
    };
    const kept = await deltaDebug(all, stillFails, { triesLeft: 9 });
    expect(tries).toBe(9);
    expect(kept).toEqual(expect.arrayContaining([5, 150]));
    expect(kept.length).toBeLessThan(all.length);
  });
});
