import { describe, expect, test } from 'vitest';
import { WeakJudge } from './judge.ts';

const judgeOf = (written: string[], heard: [id: string, seq: number][], retried: string[] = []) => {
  const judge = new WeakJudge();
  for (const [index, id] of written.entries()) judge.wrote(id, index * 10);
  for (const id of retried) judge.retried(id);
  for (const [id, seq] of heard) judge.heard({ id, seq }, 100);
  const { delivered, duplicated, outOfOrder } = judge;
  return { written: judge.written, delivered, duplicated, outOfOrder };
};

describe('[M7] the judge of the weak network lab', () => {
  test('finds nothing in a flawless run', () => {
    const heard: [string, number][] = [
      ['a', 1],
      ['b', 2],
      ['c', 5],
    ];
    expect(judgeOf(['a', 'b', 'c'], heard)).toEqual({ written: 3, delivered: 3, duplicated: 0, outOfOrder: 0 });
  });

  test('sees a message that is missing, one that is doubled, and two that are swapped', () => {
    expect(judgeOf(['a', 'b'], [['a', 1]])).toMatchObject({ written: 2, delivered: 1 });
    expect(
      judgeOf(
        ['a'],
        [
          ['a', 1],
          ['a', 1],
        ],
      ),
    ).toMatchObject({ delivered: 1, duplicated: 1 });
    expect(
      judgeOf(
        ['a', 'b'],
        [
          ['b', 1],
          ['a', 2],
        ],
      ),
    ).toMatchObject({ delivered: 2, outOfOrder: 1 });
    expect(
      judgeOf(
        ['a', 'b'],
        [
          ['a', 2],
          ['b', 1],
        ],
      ),
    ).toMatchObject({ delivered: 2, outOfOrder: 1 });
  });

  test('lets a message that was tried again come after those written later', () => {
    expect(
      judgeOf(
        ['a', 'b'],
        [
          ['b', 1],
          ['a', 2],
        ],
        ['a'],
      ),
    ).toMatchObject({ delivered: 2, outOfOrder: 0 });
  });

  test('tells how long a message took', () => {
    const judge = new WeakJudge();
    judge.wrote('a', 40);
    expect(judge.heard({ id: 'a', seq: 1 }, 100)).toBe(60);
  });
});
