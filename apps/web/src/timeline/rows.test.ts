import type { Message } from '@hongyan/sdk';
import { expect, test } from 'vitest';
import { messageOf } from '../testing/messages.ts';
import { buildRows, grewAtStart, type Row } from './rows.ts';

const noon = new Date(2026, 10, 21, 12).getTime();
const MINUTE_MS = 60_000;

function message(id: string, senderId: string, minute: number): Message {
  const timeMs = noon + minute * MINUTE_MS;
  return messageOf(id, { senderId, mine: senderId === 'me', clientTimeMs: timeMs, timeMs });
}

/** `(a b)` is a group, `-a-` a line, `|` a day, `!` the unread divider, `^` the start. */
function draw(rows: readonly Row[]): string {
  const one = (row: Row): string => {
    switch (row.kind) {
      case 'start':
        return '^';
      case 'day':
        return '|';
      case 'unread':
        return '!';
      case 'line':
        return `-${row.key}-`;
      case 'message':
        return `${row.first ? '(' : ''}${row.key}${row.last ? ')' : ''}`;
    }
  };
  return rows.map(one).join(' ');
}

test('[O1] messages of one sender close in time are one group', () => {
  const messages = [message('a', 'me', 0), message('b', 'me', 1), message('c', 'you', 2), message('d', 'you', 8)];
  expect(draw(buildRows(messages, undefined, true))).toBe('| (a b) (c) (d)');
});

test('[O1] a new day and the unread divider end a group', () => {
  const messages = [message('a', 'you', 719), message('b', 'you', 720), message('c', 'you', 721)];
  expect(draw(buildRows(messages, 'c', false))).toBe('^ | (a) | (b) ! (c)');
});

test('[C4] what is left of a recalled message is a line that ends a group', () => {
  const recalled = { ...message('b', 'me', 1), content: { kind: 'erased', recalledBy: 'me' } as const };
  expect(draw(buildRows([message('a', 'me', 0), recalled, message('c', 'me', 2)], undefined, true))).toBe(
    '| (a) -b- (c)',
  );
});

test('[O1] without messages there is nothing but the start', () => {
  expect(draw(buildRows([], undefined, true))).toBe('');
  expect(draw(buildRows([], undefined, false))).toBe('^');
});

test('[O1] older messages grow the list at its start, newer ones at its end', () => {
  const [a, b, c] = [message('a', 'me', 0), message('b', 'me', 1), message('c', 'me', 2)];
  const rows = buildRows([b], undefined, true);
  expect(grewAtStart(rows, buildRows([a, b], undefined, true))).toBe(true);
  expect(grewAtStart(rows, buildRows([b], undefined, false))).toBe(true);
  expect(grewAtStart(rows, buildRows([b, c], undefined, true))).toBe(false);
  expect(grewAtStart(buildRows([a, c], undefined, true), buildRows([a, b, c], undefined, true))).toBe(false);
  expect(grewAtStart([], rows)).toBe(false);
  expect(grewAtStart(rows, buildRows([b], undefined, true))).toBe(false);
});
