import type { Contact } from '@hongyan/sdk';
import { describe, expect, test } from 'vitest';
import { labelsOf, listed, requestsIn } from './listing.ts';

const contact = (userId: string, fields: Partial<Contact> = {}): Contact => ({
  userId,
  relation: { state: 'friends', sinceMs: 1 },
  remark: '',
  labels: [],
  blocked: false,
  ...fields,
});
const ids = (contacts: readonly Contact[]) => contacts.map(({ userId }) => userId);
const all = [
  contact('boris', { labels: ['工作'] }),
  contact('anna'),
  contact('eve', { blocked: true }),
  contact('old', { relation: { state: 'received', atMs: 1, greeting: '' } }),
  contact('new', { relation: { state: 'received', atMs: 2, greeting: 'hi' }, labels: ['family'] }),
];
const names = (id: string) => id;

describe('[B1, B2, B3] which contacts are shown', () => {
  test('[B1] friends by name, without those who are blocked', () => {
    expect(ids(listed(all, { kind: 'friends' }, '', names))).toEqual(['anna', 'boris']);
    expect(ids(listed(all, { kind: 'friends' }, 'BOR', names))).toEqual(['boris']);
  });

  test('[B2] those with a label, also when they are no friends', () => {
    expect(labelsOf(all)).toContain('工作');
    expect(ids(listed(all, { kind: 'label', label: 'family' }, '', names))).toEqual(['new']);
  });

  test('[B3] those who are blocked', () => {
    expect(ids(listed(all, { kind: 'blocked' }, '', names))).toEqual(['eve']);
  });

  test('[B1] requests, the newest first', () => {
    expect(ids(requestsIn(all))).toEqual(['new', 'old']);
  });
});
