import { describe, expect, test } from 'vitest';
import { decodeWish, encodeWish } from './codec.ts';
import { DECLINED, REQUEST_EXPIRES_MS, type Relation, relationOf } from './relations.ts';

const wish = (changedAtMs: number, wanted = true) => ({ changedAtMs, value: encodeWish({ wanted, greeting: 'hi' }) });
const nothing = (changedAtMs: number) => ({ changedAtMs, value: new Uint8Array() });

describe('what two are to each other', () => {
  const cases: [string, Parameters<typeof relationOf>, Relation['state']][] = [
    ['two who never asked', [undefined, undefined, 10], 'none'],
    ['one who asks', [wish(5), undefined, 10], 'requested'],
    ['one who is asked', [undefined, wish(5), 10], 'received'],
    ['two who both want it', [wish(5), wish(6), 10], 'friends'],
    ['two who wanted it long ago', [wish(5), wish(6), REQUEST_EXPIRES_MS * 2], 'friends'],
    ['one who said no to a request', [wish(6, false), wish(5), 10], 'none'],
    ['one who was told no', [wish(5), wish(6, false), 10], 'declined'],
    ['one who was told no without a word', [wish(5), { changedAtMs: 6, value: DECLINED }, 10], 'declined'],
    ['one who asks again after a no', [wish(7), wish(6, false), 10], 'requested'],
    ['one who is asked again after saying no', [wish(6, false), wish(7), 10], 'received'],
    ['one whose friend ended it', [wish(5), nothing(6), 10], 'none'],
    ['one who ended it', [nothing(6), wish(5), 10], 'none'],
    ['one who asked and took it back', [nothing(6), undefined, 10], 'none'],
    ['one whose request is old', [wish(5), undefined, 6 + REQUEST_EXPIRES_MS], 'none'],
    ['one who was asked long ago', [undefined, wish(5), 6 + REQUEST_EXPIRES_MS], 'none'],
    ['one whose records cannot be read', [{ changedAtMs: 5, value: Uint8Array.of(255) }, undefined, 10], 'none'],
  ];
  test.each(cases)('[PPL-2, B1] %s', (_who, versions, state) => {
    expect(relationOf(...versions).state).toBe(state);
  });

  test('[PPL-2] a no is a Wish as any other', () => {
    expect(decodeWish(DECLINED)).toEqual({ wanted: false, greeting: '' });
  });
});
