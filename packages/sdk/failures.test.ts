import { ErrorCode, errorClass } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { failureKind } from './failures.ts';

test('[D5] every code that passes by itself is told as no answer or a busy server, and no other', () => {
  for (const [name, code] of Object.entries(ErrorCode)) {
    const passes = ['busy', 'no-answer'].includes(failureKind(name));
    expect([name, passes]).toEqual([name, errorClass(code) === 'later']);
  }
  expect(failureKind('no-answer')).toBe('no-answer');
});

test('[D5] what the person can change is told for what it is', () => {
  expect(
    ['LIMIT_EXCEEDED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_ACCEPTED', 'MUTED', 'TOO_LATE', 'INVALID_ARGUMENT'].map(
      failureKind,
    ),
  ).toEqual(['too-long', 'forbidden', 'not-found', 'not-accepted', 'muted', 'too-late', 'other']);
});
