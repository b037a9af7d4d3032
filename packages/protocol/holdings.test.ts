import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bucketDigests,
  bucketOf,
  conversationHash,
  decodeDigests,
  encodeDigests,
  positionDigest,
  totalDigest,
} from './holdings.ts';
import { directConversationId } from './ids.ts';

const anna = 'u0000000000000000';
const ben = 'u0000000000000001';
const id = directConversationId(anna, ben);

const position = fc.record({
  conversationHash: fc.nat({ max: 2 ** 48 - 1 }),
  seq: fc.nat(),
  cursorSum: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
});

test('[SYN-8] the hash and digest are the ones that RULES.md gives as examples', () => {
  expect(conversationHash(id)).toBe(125443254771743);
  expect(positionDigest({ conversationHash: conversationHash(id), seq: 3, cursorSum: 12 })).toBe(2560060436);
});

test('[SYN-8] buckets come from the highest bits, and their sums add up to the total', () => {
  fc.assert(
    fc.property(fc.array(position), fc.integer({ min: 0, max: 12 }), (positions, bits) => {
      const sums = bucketDigests(positions, bits);
      expect(sums.length).toBe(2 ** bits);
      expect(sums.reduce((total, sum) => (total + sum) >>> 0, 0)).toBe(totalDigest(positions));
      for (const { conversationHash: hash } of positions) expect(bucketOf(hash, bits)).toBeLessThan(2 ** bits);
    }),
  );
});

test('[SYN-8] a position that moved changes its digest', () => {
  fc.assert(
    fc.property(position, fc.integer({ min: 1, max: 1_000 }), (before, by) => {
      expect(positionDigest({ ...before, seq: before.seq + by })).not.toBe(positionDigest(before));
    }),
  );
});

test('[SYN-8] digests survive the wire; bytes of another length are none', () => {
  fc.assert(
    fc.property(fc.array(position), (positions) => {
      const sums = bucketDigests(positions, 4);
      expect(decodeDigests(encodeDigests(sums), 4)).toEqual(sums);
      expect(decodeDigests(encodeDigests(sums), 5)).toBeUndefined();
    }),
  );
});

test('[SYN-8] the hashes of many conversations of one account differ', () => {
  const peers = Array.from({ length: 20_000 }, (_, index) => `u${index.toString(8).padStart(16, '0')}`);
  const hashes = new Set(peers.map((peer) => conversationHash(directConversationId(anna, peer))));
  expect(hashes.size).toBe(new Set(peers).size);
});
