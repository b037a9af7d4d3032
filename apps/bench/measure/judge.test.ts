import { expect, test } from 'vitest';
import { flawless, judgeConversation, type Member, sumVerdicts } from './judge.ts';
import { MemberLog } from './member-log.ts';

/** A member that holds the given numbers from seq 1 on: positive of the other, negative of its own, 0 for none. */
function member(sent: number, ...numbers: number[]): Member {
  const log = new MemberLog();
  for (const [index, number] of numbers.entries()) if (number !== 0) log.put(index + 1, number);
  return { log, sent };
}

test('[M7] finds no fault in a conversation without one', () => {
  const verdict = judgeConversation(member(2, -1, 1, -2), member(1, 1, -1, 2));
  expect(verdict).toEqual({ sent: 3, delivered: 3, lost: 0, duplicated: 0, outOfOrder: 0 });
  expect(flawless(verdict)).toBe(true);
});

test('[M7] sees a lost message, also the last one', () => {
  expect(judgeConversation(member(3, -1, -2, -3), member(0, 1, 0, 3)).lost).toBe(1);
  const tail = judgeConversation(member(3, -1, -2, -3), member(0, 1, 2));
  expect(tail).toMatchObject({ delivered: 2, lost: 1 });
  expect(flawless(tail)).toBe(false);
});

test('[M7] sees a doubled message', () => {
  const verdict = judgeConversation(member(2, -1, 0, -2), member(0, 1, 1, 2));
  expect(verdict).toMatchObject({ delivered: 2, lost: 0, duplicated: 1, outOfOrder: 0 });
  expect(flawless(verdict)).toBe(false);
});

test('[M7] sees a disordered message', () => {
  const verdict = judgeConversation(member(2, -2, -1), member(0, 2, 1));
  expect(verdict).toMatchObject({ lost: 0, duplicated: 0, outOfOrder: 1 });
  expect(flawless(verdict)).toBe(false);
});

test('[M7] sees members that hold different logs, and a seq that changed', () => {
  expect(judgeConversation(member(1, -1, 1), member(1, -1, 1)).outOfOrder).toBe(2);
  const changed = member(0, 1, 2);
  changed.log.put(1, 2);
  expect(judgeConversation(member(2, -1, -2), changed).outOfOrder).toBe(1);
});

test('[M7] takes an entry pushed again at its own seq for no fault', () => {
  const repeated = member(0, 1, 2);
  expect(repeated.log.put(2, 2)).toBe(false);
  expect(repeated.log.repeats).toBe(1);
  expect(flawless(judgeConversation(member(2, -1, -2), repeated))).toBe(true);
});

test('[M7] a log notices its gap and closes it', () => {
  const { log } = member(0, 1, 0, 3);
  expect([log.contiguousSeq, log.lastSeq, log.hasGap]).toEqual([1, 3, true]);
  log.put(2, 2);
  expect([log.contiguousSeq, log.hasGap]).toEqual([3, false]);
  log.put(5000, 4);
  expect([log.contiguousSeq, log.lastSeq, log.at(4999), log.at(5000)]).toEqual([3, 5000, 0, 4]);
});

test('[M7] adds verdicts up', () => {
  const one = { sent: 1, delivered: 2, lost: 3, duplicated: 4, outOfOrder: 5 };
  expect(sumVerdicts([one, one])).toEqual({ sent: 2, delivered: 4, lost: 6, duplicated: 8, outOfOrder: 10 });
});
