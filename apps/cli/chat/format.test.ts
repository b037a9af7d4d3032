import { expect, test } from 'vitest';
import { en } from '../texts/en.ts';
import { zh } from '../texts/zh.ts';
import { connectionLine } from './format.ts';

test.each([
  [en, 13, '* waiting for a place: 12 before you'],
  [en, 1, '* waiting for a place: you are next'],
  [zh, 13, '* 正在排队：前面还有 12 人'],
])('[A6] who waits for a place is told how many are before them', (texts, place, line) => {
  expect(connectionLine({ status: 'queued', place, retryAtMs: 0 }, texts)).toBe(line);
});
