import fc from 'fast-check';

const BITS_MAX = 53;

/** Integers of every length as a varint, and those around the places where it grows. */
export const integers: fc.Arbitrary<number> = fc.oneof(
  fc.maxSafeNat(),
  fc
    .tuple(fc.integer({ min: 0, max: BITS_MAX }), fc.integer({ min: -2, max: 1 }))
    .map(([bits, offset]) => Math.min(Math.max(2 ** bits + offset, 0), Number.MAX_SAFE_INTEGER)),
);

const codeUnits = fc.oneof(
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.integer({ min: 0, max: 0xffff }),
  fc.integer({ min: 0xd800, max: 0xdfff }),
);

/** Of any code units, so that halves of surrogate pairs are among them; of lengths that are handled in different ways. */
export const strings: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.array(codeUnits, { maxLength: 80 }).map((units) => String.fromCharCode(...units)),
  fc.tuple(fc.constantFrom('a', 'é', '鸿', '🪿'), fc.integer({ min: 40, max: 5_500 })).map(([c, n]) => c.repeat(n)),
);

/** Mostly what makes varints, lengths and tags go wrong. */
export const hostileBytes: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: 0, max: 0xff }).map((byte) => [byte]) },
      { weight: 2, arbitrary: fc.integer({ min: 0, max: 8 }).map((byte) => [byte]) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.integer({ min: 1, max: 11 }), fc.constantFrom(0x80, 0xff, 0x81), fc.integer({ min: 0, max: 0x7f }))
          .map(([length, byte, last]) => [...new Array<number>(length).fill(byte), last]),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 9 }).map((text) => [...delimited(text)]) },
    ),
    { maxLength: 24 },
  )
  .map((parts) => Uint8Array.from(parts.flat()));

const delimited = (text: string): Uint8Array => {
  const bytes = new TextEncoder().encode(text);
  return Uint8Array.of(bytes.length, ...bytes);
};

/** The same bytes in the ways in which a transport may hand them over. */
export const placings: Readonly<Record<string, (bytes: Uint8Array) => Uint8Array>> = {
  'in memory of their own': (bytes) => Uint8Array.from(bytes),
  'inside a larger buffer': (bytes) => {
    const around = new Uint8Array(bytes.length + 20).fill(0x01);
    around.set(bytes, 7);
    return around.subarray(7, 7 + bytes.length);
  },
  'in a Node Buffer': (bytes) => Buffer.from(bytes),
};
