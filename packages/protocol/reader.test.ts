import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Reader } from './reader.ts';
import { OracleReader } from './testing/protobufjs.ts';
import { hostileBytes, integers, placings } from './testing/wire-arbitraries.ts';

type Step = (reader: Reader, end: number) => unknown;

const integerSteps: Step[] = [
  (reader) => reader.uint64(),
  (reader) => reader.uint32(),
  (reader) => reader.bool(),
  (reader, end) => reader.tag(end),
  (reader) => reader.end(),
  (reader) => reader.skip(8),
];

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.constantFrom<Step>(
    ...integerSteps,
    (reader) => reader.string(),
    (reader) => [...reader.bytes()],
    (reader) => {
      const items: number[] = [];
      reader.packed(items, () => reader.uint64());
      return items;
    },
    ...[1, 2, 3, 4, 5, 6, 7].map(
      (wireType): Step =>
        (reader) =>
          reader.skip(8 + wireType),
    ),
  ),
  { minLength: 1, maxLength: 20 },
);

/** What the steps read, up to the first that is refused. */
function readAll(reader: Reader, wanted: readonly Step[], end: number): unknown[] {
  const read: unknown[] = [];
  for (const step of wanted) {
    try {
      read.push(step(reader, end));
    } catch (error) {
      const typed = error instanceof RangeError || error instanceof TypeError || reader instanceof OracleReader;
      return [...read, typed ? 'refused' : error];
    }
  }
  return read;
}

/** Holds what is read of the bytes against what the oracle reads. */
function compare(bytes: Uint8Array, wanted: readonly Step[]): void {
  const expected = readAll(new OracleReader(bytes), wanted, bytes.length);
  expect(readAll(new Reader(bytes), wanted, bytes.length)).toEqual(expected);
}

/** A varint with as many bytes as it has bits for, and then as many more as are wanted, which add nothing. */
function varint(value: bigint, bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => {
    return Number((value >> BigInt(7 * at)) & 0x7fn) | (at < bytes - 1 ? 0x80 : 0);
  });
}

describe('reading', () => {
  test.each(Object.entries(placings))('[FRM-4, FRM-5] hostile bytes %s give what protobufjs gives', (_, place) => {
    fc.assert(
      fc.property(hostileBytes, steps, (bytes, wanted) => {
        compare(place(bytes), wanted);
      }),
      { numRuns: 3_000 },
    );
  });

  test('[FRM-5] integers are read from varints of every length, and refused above 2^53 - 1 and ten bytes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 70n - 1n }), fc.integer({ min: 1, max: 12 }), (value, bytes) => {
        const input = varint(value, bytes);
        for (const step of integerSteps) compare(input, [step]);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(integers, (value) => {
        expect(new Reader(varint(BigInt(value), 10)).uint64()).toBe(value);
      }),
    );
  });

  test.each([
    ['2^53 - 1', 2n ** 53n - 1n, Number.MAX_SAFE_INTEGER],
    ['2^53', 2n ** 53n, undefined],
    ['2^64 - 1', 2n ** 64n - 1n, undefined],
  ])('[FRM-5] of %s', (_, value, read) => {
    const reader = new Reader(varint(value, 10));
    if (read === undefined) expect(() => reader.uint64()).toThrow(RangeError);
    else expect(reader.uint64()).toBe(read);
  });

  test.each([
    ['a length of 2^32 + 1', Uint8Array.of(0x81, 0x80, 0x80, 0x80, 0x10, 0x41), (reader: Reader) => reader.string()],
    [
      'a length of six bytes',
      Uint8Array.of(0x81, 0x80, 0x80, 0x80, 0x80, 0, 0x41),
      (reader: Reader) => reader.string(),
    ],
    ['a tag of 2^32 + 8', Uint8Array.of(0x88, 0x80, 0x80, 0x80, 0x10, 1), (reader: Reader) => reader.tag(6)],
    ['an unknown varint of eleven bytes', varint(0n, 11), (reader: Reader) => reader.skip(8)],
    [
      'a list whose last item is longer',
      Uint8Array.of(1, 0x80, 1),
      (reader: Reader) => reader.packed([], () => reader.uint32()),
    ],
  ])('[FRM-4] %s is refused, not wrapped around', (_, bytes, read) => {
    expect(() => read(new Reader(bytes))).toThrow(RangeError);
  });

  test('[FRM-5] overlong, cut off and surrogate UTF-8 is refused; a byte order mark is kept', () => {
    for (const bytes of [
      [0xc0, 0x80],
      [0xe9, 0xb8],
      [0xed, 0xa0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0x41, 0xff],
    ]) {
      expect(() => new Reader(Uint8Array.of(bytes.length, ...bytes)).string()).toThrow(TypeError);
    }
    expect(new Reader(Uint8Array.of(4, 0xef, 0xbb, 0xbf, 0x41)).string()).toBe('\uFEFFA');
  });

  test.each(Object.entries(placings))('bytes %s are read as a plain view onto the input', (_, place) => {
    const input = place(Uint8Array.of(3, 1, 2, 3, 9));
    const bytes = new Reader(input).bytes();
    expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
    expect([...bytes]).toEqual([1, 2, 3]);
    expect(bytes.buffer).toBe(input.buffer);
    expect(bytes.byteOffset).toBe(input.byteOffset + 1);
  });
});
