import { beforeEach, expect, test } from 'vitest';
import { createDrafts, type DraftStorage } from './drafts.ts';

function memoryStorage(): DraftStorage {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => void kept.set(name, value),
    removeItem: (name) => void kept.delete(name),
  };
}

let storage: DraftStorage;
beforeEach(() => {
  storage = memoryStorage();
});

test('[O1] a draft is kept for each conversation and survives a reload', () => {
  createDrafts(storage).set('a', 'hello');
  createDrafts(storage).set('b', '你好');
  expect(createDrafts(storage).get('a')).toBe('hello');
  expect(createDrafts(storage).get('b')).toBe('你好');
  expect(createDrafts(storage).get('c')).toBe('');
});

test('[O1] an empty draft is forgotten', () => {
  const drafts = createDrafts(storage);
  drafts.set('a', 'hello');
  drafts.set('a', ' \n');
  expect(drafts.conversations()).toEqual([]);
});

test('[P8] drafts are bounded in size and number', () => {
  const drafts = createDrafts(storage);
  drafts.set('long', 'x'.repeat(20_001));
  expect(drafts.get('long')).toBe('');
  for (let n = 0; n < 120; n++) drafts.set(`c${n}`, 'x');
  expect(drafts.conversations()).toHaveLength(100);
  drafts.set('c0', 'still changes');
  expect(drafts.get('c0')).toBe('still changes');
});

test('[O1] signing out erases drafts and nothing else', () => {
  storage.setItem('hongyan.theme', 'dark');
  const drafts = createDrafts(storage);
  drafts.set('a', 'secret');
  drafts.clear();
  expect(drafts.conversations()).toEqual([]);
  expect(storage.getItem('hongyan.theme')).toBe('dark');
});
