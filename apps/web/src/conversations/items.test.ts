import type { Conversation } from '@hongyan/sdk';
import { expect, test } from 'vitest';
import { withNotes } from './items.ts';

const conversation = (id: string): Conversation => ({
  id,
  kind: 1,
  peerId: undefined,
  lastMessage: undefined,
  unreadCount: 0,
  markedUnread: false,
  failedCount: 0,
  activeAtMs: 1,
});

test('[C6] notes to oneself are in the list before the first note, and once', () => {
  expect(withNotes([conversation('direct.a.b')], 'self.a').map(({ id }) => id)).toEqual(['direct.a.b', 'self.a']);
  expect(withNotes([], 'self.a')).toMatchObject([{ id: 'self.a', activeAtMs: undefined }]);
  const own = conversation('self.a');
  expect(withNotes([own, conversation('direct.a.b')], 'self.a')).toEqual([own, conversation('direct.a.b')]);
});
