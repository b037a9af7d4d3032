import { expect, test } from 'vitest';
import { type Filters, NO_FILTERS, queryOf } from './filters.ts';

const nowMs = new Date(2026, 2, 10, 15, 30).getTime();
const times = (filters: Partial<Filters>) => {
  const { since, until } = queryOf('x', { ...NO_FILTERS, ...filters }, undefined, nowMs) ?? {};
  return [since, until];
};

test('[C8] nothing is looked for without a text, a person or a kind', () => {
  expect(queryOf('  ', NO_FILTERS, undefined, nowMs)).toBeUndefined();
  expect(queryOf('  ', { ...NO_FILTERS, span: 'week' }, undefined, nowMs)).toBeUndefined();
  expect(queryOf('', { ...NO_FILTERS, kind: 'link' }, 'c', nowMs)).toMatchObject({ text: '', kinds: ['link'] });
  expect(queryOf(' a b ', { ...NO_FILTERS, senderId: 'u' }, 'c', nowMs)).toMatchObject({
    ...{ text: 'a b', senderId: 'u', conversationId: 'c', kinds: [] },
  });
});

test('[C8] times are whole days of the person, today among them', () => {
  expect(times({})).toEqual([undefined, undefined]);
  expect(times({ span: 'week' })).toEqual([new Date(2026, 2, 4), undefined]);
  expect(times({ span: 'month' })).toEqual([new Date(2026, 1, 9), undefined]);
  expect(times({ span: 'days', firstDay: '2026-01-31', lastDay: '2026-01-31' })).toEqual([
    new Date(2026, 0, 31),
    new Date(2026, 1, 1),
  ]);
  expect(times({ span: 'days', lastDay: '2026-02-01' })).toEqual([undefined, new Date(2026, 1, 2)]);
  expect(times({ span: 'days' })).toEqual([undefined, undefined]);
});

test('[C8] days that cross find nothing, and nobody is asked', () => {
  const crossed: Filters = { ...NO_FILTERS, span: 'days', firstDay: '2026-02-02', lastDay: '2026-01-01' };
  expect(queryOf('x', crossed, undefined, nowMs)).toBeUndefined();
});
