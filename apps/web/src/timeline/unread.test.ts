import type { Message } from '@hongyan/sdk';
import { expect, test } from 'vitest';
import { arrivedAfter, firstUnread } from './unread.ts';

function message(id: string, mine = false): Message {
  return {
    id,
    conversationId: 'c',
    seq: 1,
    senderId: mine ? 'me' : 'you',
    mine,
    clientTimeMs: 0,
    serverTimeMs: 0,
    timeMs: 0,
    content: { kind: 'text', text: id },
    state: { name: mine ? 'sent' : 'received' },
  };
}

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
