import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reader } from './reader.ts';
import { OracleWriter } from './testing/protobufjs.ts';
import { integers, strings } from './testing/wire-arbitraries.ts';
import { Writer } from './writer.ts';

type Field =
  | { kind: 'uint32' | 'uint64'; tag: number; value: number }
  | { kind: 'bool'; tag: number; value: boolean }
  | { kind: 'string'; tag: number; value: string }
  | { kind: 'bytes'; tag: number; value: Uint8Array }
  | { kind: 'packed'; tag: number; value: number[] }
  | { kind: 'message'; tag: number; value: Field[] };

const tag = fc.oneof(fc.integer({ min: 8, max: 127 }), fc.integer({ min: 8, max: 0xffff_ffff }));
const field = <K extends string, T>(kind: K, value: fc.Arbitrary<T>) =>
  fc.record({ kind: fc.constant(kind), tag, value });

const { fields } = fc.letrec<{ fields: Field[]; field: Field }>((tie) => ({
  fields: fc.array(tie('field'), { maxLength: 8 }),
  field: fc.oneof(
    { depthSize: 'small' },
    field('uint32' as const, fc.oneof(integers, fc.integer({ min: -(2 ** 31), max: -1 }))),
    field('uint64' as const, fc.oneof(integers, fc.double({ min: 0, max: 2 ** 53 - 1, noNaN: true }), fc.integer())),
    field('bool' as const, fc.boolean()),
    field('string' as const, strings),
    field('bytes' as const, fc.uint8Array({ maxLength: 300 })),
    field('packed' as const, fc.array(integers, { maxLength: 40 })),
    field('message' as const, tie('fields')),
  ),
}));

function writeFields(message: readonly Field[], writer: Writer): void {
  for (const one of message) {
    switch (one.kind) {
      case 'uint32':
      case 'uint64':
        writer[one.kind](one.tag, one.value);
        break;
      case 'bool':
        writer.bool(one.tag, one.value);
        break;
      case 'string':
        writer.string(one.tag, one.value);
        break;
      case 'bytes':
        writer.bytes(one.tag, one.value);
        break;
      case 'packed':
        writer.packed(one.tag, one.value);
        break;
      case 'message':
        writer.message(one.tag, one.value, writeFields);
        break;
    }
  }
}

function written(writer: Writer, message: readonly Field[]): Uint8Array {
  writer.begin();
  writeFields(message, writer);
  return writer.finish();
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe('writing', () => {
  test('[FRM-4] any fields become the bytes that protobufjs makes of them', () => {
    const writer = new Writer();
    const oracle = new OracleWriter();
    fc.assert(
      fc.property(fields, (message) => {
        expect(hex(written(writer, message))).toBe(hex(written(oracle, message)));
      }),
      { numRuns: 2_000 },
    );
  });

  test('[FRM-4] messages inside messages, around every length of a length', () => {
    const writer = new Writer();
    const oracle = new OracleWriter();
    for (const length of [0, 1, 110, 127, 128, 16_370, 16_383, 16_384, 100, 2_097_140, 2_097_152, 100, 1]) {
      // The last field fills the buffer, so that there is no room left for lengths that turn out to be longer.
      let message: Field[] = [{ kind: 'bytes', tag: 0xffff_fff2, value: new Uint8Array(length).fill(7) }];
      for (let depth = 0; depth < 8; depth++) message = [{ kind: 'message', tag: 10, value: message }];
      expect(Buffer.compare(written(writer, message), written(oracle, message))).toBe(0);
    }
  });

  test('what was written stays as it is, whatever is written after it', () => {
    fc.assert(
      fc.property(fc.array(fields, { minLength: 2, maxLength: 30 }), (messages) => {
        const writer = new Writer();
        const all = messages.map((message) => {
          const bytes = written(writer, message);
          return { bytes, atFirst: hex(bytes) };
        });
        expect(all.map(({ bytes }) => hex(bytes))).toEqual(all.map(({ atFirst }) => atFirst));
      }),
      { numRuns: 300 },
    );
  });

  test('a message that could not be written leaves nothing behind', () => {
    const writer = new Writer();
    const before = written(writer, [{ kind: 'string', tag: 10, value: 'before' }]);
    writer.begin();
    expect(() =>
      writer.message(10, 'half', (text) => {
        writer.string(10, text);
        throw new Error('this one');
      }),
    ).toThrow('this one');
    const after = written(writer, [{ kind: 'string', tag: 10, value: 'after' }]);
    expect(new TextDecoder().decode(before.subarray(2))).toBe('before');
    expect(new TextDecoder().decode(after.subarray(2))).toBe('after');
  });

  test('half of a surrogate pair becomes U+FFFD', () => {
    for (const text of ['\ud83e', '\udebf', 'a\ud83eb', '\udebf\ud83e']) {
      const bytes = written(new Writer(), [{ kind: 'string', tag: 10, value: text }]);
      expect(new Reader(bytes.subarray(1)).string()).toBe(text.toWellFormed());
    }
  });
});
