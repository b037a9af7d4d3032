import { expect, test } from 'vitest';
import { Unkept } from './unkept.ts';

const BATCHES_MAX = 10_000;

test('[RCP-6] sessions are unkept until their batch is said to be kept', () => {
  const unkept = new Unkept();
  unkept.stated('a', 1);
  unkept.stated('b', 1);
  unkept.stated('c', 2);
  unkept.stated('a', 4);
  unkept.keptThrough(3);
  expect([...unkept.takeAll()]).toEqual(['a']);
});

test('[RCP-6] a number that is repeated, or below an earlier one, changes nothing', () => {
  const unkept = new Unkept();
  unkept.stated('a', 1);
  unkept.stated('b', 2);
  unkept.keptThrough(1);
  unkept.keptThrough(1);
  unkept.keptThrough(0);
  expect([...unkept.takeAll()]).toEqual(['b']);
});

test('[RCP-6] what was taken is there no more', () => {
  const unkept = new Unkept();
  unkept.stated('a', 1);
  unkept.stated('a', 2);
  expect([...unkept.takeAll()]).toEqual(['a']);
  expect(unkept.takeAll().size).toBe(0);
});

test('[P8, RCP-6] only so many batches are kept back: the oldest are given up first', () => {
  const unkept = new Unkept();
  for (let batch = 1; batch <= BATCHES_MAX + 2; batch++) unkept.stated(`s${batch}`, batch);
  const left = unkept.takeAll();
  expect(left.size).toBe(BATCHES_MAX);
  expect([left.has('s2'), left.has('s3')]).toEqual([false, true]);
});
