import { joinFrames } from '@hongyan/protocol';
import type { SeededRandom } from '@hongyan/testkit';

type Mutation = (random: SeededRandom, bytes: Uint8Array, corpus: readonly Uint8Array[]) => Uint8Array;

const HEADER_BYTES = 4;

const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(parts));
const body = (frame: Uint8Array): Uint8Array => frame.subarray(HEADER_BYTES);
const withLength = (length: number, rest: Uint8Array): Uint8Array => {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(length);
  return join(header, rest);
};

function flipBits(random: SeededRandom, bytes: Uint8Array): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  for (let count = random.between(1, 4); count > 0 && flipped.length > 0; count--) {
    const at = random.between(0, flipped.length - 1);
    flipped[at] = (flipped[at] ?? 0) ^ (1 << random.between(0, 7));
  }
  return flipped;
}

function splice(random: SeededRandom, bytes: Uint8Array, inserted: Uint8Array, removed = 0): Uint8Array {
  const at = random.between(0, bytes.length);
  return join(bytes.subarray(0, at), inserted, bytes.subarray(at + removed));
}

/** Fields that no version has: a varint, bytes, a group, and wire types that do not exist. */
const strangeFields = ['a00601', 'a20603616263', 'a306a406', 'a60600', 'a70600', 'a2069f8d06', '0001'].map((hex) =>
  Uint8Array.from(Buffer.from(hex, 'hex')),
);

/** Ways in which a whole frame becomes something else; some of them leave a good one. */
export const mutations: Readonly<Record<string, Mutation>> = {
  truncated: (random, frame) => frame.subarray(0, random.between(0, frame.length - 1)),
  'truncated inside': (random, frame) =>
    joinFrames([body(frame).subarray(0, random.between(0, frame.length - HEADER_BYTES))]),
  'bits flipped': flipBits,
  'bits flipped inside': (random, frame) => joinFrames([flipBits(random, body(frame))]),
  'wrong length': (random, frame) => withLength(random.between(0, frame.length * 2), body(frame)),
  'huge length': (random, frame) => withLength(random.between(1_048_577, 0xffff_ffff), body(frame)),
  garbage: (random) => random.bytes(random.between(1, 200)),
  'garbage in a frame': (random) => joinFrames([random.bytes(random.between(0, 200))]),
  'bytes put in': (random, frame) => joinFrames([splice(random, body(frame), random.bytes(random.between(1, 16)))]),
  'bytes taken out': (random, frame) =>
    joinFrames([splice(random, body(frame), new Uint8Array(0), random.between(1, 8))]),
  'strange field': (random, frame) => joinFrames([join(body(frame), random.pick(strangeFields))]),
  'strange field inside': (random, frame) => joinFrames([splice(random, body(frame), random.pick(strangeFields))]),
  'several at once': (random, frame, corpus) => join(frame, random.pick(corpus), flipBits(random, random.pick(corpus))),
  'one inside another': (random, frame, corpus) => joinFrames([splice(random, body(frame), random.pick(corpus))]),
};
