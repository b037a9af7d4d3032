import { ErrorCode, errorClass } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { failureKind, failureReason } from './failures.ts';

test('[D5] every code that passes by itself is told as no answer or a busy server, and no other', () => {
  for (const [name, code] of Object.entries(ErrorCode)) {
    const passes = ['busy', 'no-answer'].includes(failureKind(failureReason(name)));
    expect([name, passes]).toEqual([name, errorClass(code) === 'later']);
  }
  expect(failureKind('no-answer')).toBe('no-answer');
});

test('[D5] what the person can change is told for what it is', () => {
  expect(
    (
      ['LIMIT_EXCEEDED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_ACCEPTED', 'MUTED', 'TOO_LATE', 'INVALID_ARGUMENT'] as const
    ).map(failureKind),
  ).toEqual(['too-long', 'forbidden', 'not-found', 'not-accepted', 'muted', 'too-late', 'other']);
});

test.each(['', 'UNSPECIFIED', '450', 'toString', 'A_CODE_OF_LATER'])(
  '[O2] %j is a reason that nobody knows',
  (text) => {
    expect(failureReason(text)).toBe('unknown');
  },
);
