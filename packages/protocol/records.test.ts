import fc from 'fast-check';
import { expect, test } from 'vitest';
import { directConversationId, selfConversationId } from './ids.ts';
import { isLaterVersion, parseRecordKey, recordKey } from './records.ts';

const anna = `u${'a'.repeat(16)}`;
const boris = `u${'b'.repeat(16)}`;
const conversationId = directConversationId(anna, boris);

test.each([
  { kind: 'draft', conversationId } as const,
  { kind: 'cleared', conversationId: selfConversationId(anna) } as const,
  { kind: 'unread', conversationId } as const,
  { kind: 'notify', conversationId } as const,
  { kind: 'top', conversationId: selfConversationId(anna) } as const,
  { kind: 'setting', name: 'language' } as const,
  { kind: 'setting', name: `a${'-9'.repeat(15)}z` } as const,
])('[REC-1] $kind: a key says what it is of', (key) => {
  expect(parseRecordKey(recordKey(key))).toEqual(key);
});

test.each([
  '',
  'draft',
  'draft/',
  'draft/x',
  `draft/${boris}`,
  `draft/direct.${boris}.${anna}`,
  `note/${conversationId}`,
  `draft/${conversationId}/`,
  `/${conversationId}`,
  'setting/',
  'setting/Language',
  'setting/9',
  'setting/a b',
  `setting/a${'b'.repeat(32)}`,
  'setting/a\n',
])('[REC-1] %j is not a key', (text) => {
  expect(parseRecordKey(text)).toBeUndefined();
});

const version = fc.record({
  changedAtMs: fc.nat(3),
  value: fc.uint8Array({ maxLength: 3, max: 2 }),
});

test('[REC-2] the later one is the same whatever the order, and there is one unless both are alike', () => {
  fc.assert(
    fc.property(version, version, (a, b) => {
      const alike = a.changedAtMs === b.changedAtMs && [...a.value].join() === [...b.value].join();
      expect(isLaterVersion(a, b) || isLaterVersion(b, a)).toBe(!alike);
      expect(isLaterVersion(a, b) && isLaterVersion(b, a)).toBe(false);
    }),
  );
});

test('[REC-2] time decides before the value, and a longer value is later than its beginning', () => {
  const at = (changedAtMs: number, ...value: number[]) => ({ changedAtMs, value: Uint8Array.from(value) });
  expect(isLaterVersion(at(2), at(1, 255))).toBe(true);
  expect(isLaterVersion(at(1, 2), at(1, 1, 9))).toBe(true);
  expect(isLaterVersion(at(1, 1, 0), at(1, 1))).toBe(true);
  expect(isLaterVersion(at(1), undefined)).toBe(true);
});
