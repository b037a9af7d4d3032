import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Command, decodeCommand, decodeContent, encodeCommand, encodeText, PLAIN_PING } from './index.ts';

const seq = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const commands: fc.Arbitrary<Command> = fc.record({
  id: fc.nat({ max: 0xffffffff }),
  body: fc.oneof(
    fc.record({ case: fc.constant('ping' as const), value: fc.constant(PLAIN_PING) }),
    fc.record({
      case: fc.constant('sendMessage' as const),
      value: fc.record({
        conversationId: fc.string({ unit: 'grapheme' }),
        clientMessageId: fc.string({ maxLength: 100 }),
        clientTimeMs: seq,
        body: fc.uint8Array({ maxLength: 300 }),
      }),
    }),
    fc.record({
      case: fc.constant('advanceCursor' as const),
      value: fc.record({ conversationId: fc.string(), deliveredSeq: seq, readSeq: seq }),
    }),
  ),
});

const plain = (value: unknown) =>
  JSON.parse(JSON.stringify(value, (_, item) => (item instanceof Uint8Array ? [...item] : item)));

describe('codec', () => {
  test('[FRM-4] what is encoded is decoded the same', () => {
    fc.assert(
      fc.property(commands, (command) => {
        expect(plain(decodeCommand(encodeCommand(command)))).toEqual(plain(command));
      }),
    );
  });

  test('[FRM-4] any bytes are either a command or refused with an error, and nothing else happens', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(decodeCommand(bytes)).toHaveProperty('id');
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ['an integer above 2^53 - 1', [0x2a, 0x0a, 0x10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
    ['a string that is not UTF-8', [0x22, 0x04, 0x0a, 0x02, 0xc3, 0x28]],
    ['a group', [0x0b, 0x0c]],
    ['a length beyond the frame', [0x22, 0x7f, 0x0a]],
    ['a nested length beyond its message', [0x22, 0x02, 0x0a, 0x05, 0x41, 0x41, 0x41, 0x41, 0x41]],
    ['field number 0', [0x00, 0x00]],
    ['a varint without an end', [0x08, 0xff, 0xff]],
  ])('[FRM-5] %s is malformed', (_, bytes) => {
    expect(() => decodeCommand(Uint8Array.from(bytes))).toThrow();
  });
});

describe('encoded content', () => {
  test('has memory of its own, and is a plain Uint8Array also in Node', () => {
    const body = encodeText('鸿雁');
    expect(Object.getPrototypeOf(body)).toBe(Uint8Array.prototype);
    expect(body.buffer.byteLength).toBe(body.length);
    expect(decodeContent(body)).toMatchObject({ kind: { case: 'text', value: { text: '鸿雁' } }, replyToSeq: 0 });
  });
});
