import type { Message } from '@hongyan/sdk';
import { expect, test } from 'vitest';
import { messageOf } from '../testing/messages.ts';
import { arrivedAfter, firstUnread } from './unread.ts';

const message = (id: string, mine = false): Message =>
  messageOf(id, {
    seq: 1,
    senderId: mine ? 'me' : 'you',
    mine,
    serverTimeMs: 0,
    state: { name: mine ? 'sent' : 'received' },
  });

const messages = [message('a'), message('b'), message('x', true), message('c')];

test('[RCP-5] unread begins at the nth last message of others; one’s own never count', () => {
  expect(firstUnread(messages, 0)).toEqual({ kind: 'none' });
  expect(firstUnread(messages, 1)).toEqual({ kind: 'found', id: 'c' });
  expect(firstUnread(messages, 2)).toEqual({ kind: 'found', id: 'b' });
});

test('[RCP-5] a window that is too short says how many are missing', () => {
  expect(firstUnread(messages, 5)).toEqual({ kind: 'above', missing: 2 });
  expect(firstUnread([], 2)).toEqual({ kind: 'above', missing: 2 });
});

test('[O1] what arrived after the last message seen', () => {
  expect(arrivedAfter(messages, 'b').map(({ id }) => id)).toEqual(['c']);
  expect(arrivedAfter(messages, 'c')).toEqual([]);
  expect(arrivedAfter(messages, undefined)).toHaveLength(3);
});

test('[RCP-5] what was erased, and what the system says, is not counted', () => {
  const erased = messageOf('e', { content: { kind: 'erased', recalledBy: undefined }, erased: true });
  const change = messageOf('s', { content: { kind: 'created', name: 'Geese' } });
  expect(firstUnread([message('a'), erased, message('b'), change], 2)).toEqual({ kind: 'found', id: 'a' });
});
