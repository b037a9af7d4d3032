import { expect, test } from 'vitest';
import { conversationOf as conversation } from '../testing/messages.ts';
import { withNotes } from './items.ts';

test('[C6] notes to oneself are in the list before the first note, and once', () => {
  expect(withNotes([conversation('direct.a.b')], 'self.a').map(({ id }) => id)).toEqual(['direct.a.b', 'self.a']);
  expect(withNotes([], 'self.a')).toMatchObject([{ id: 'self.a', activeAtMs: undefined }]);
  const own = conversation('self.a');
  expect(withNotes([own, conversation('direct.a.b')], 'self.a')).toEqual([own, conversation('direct.a.b')]);
});
