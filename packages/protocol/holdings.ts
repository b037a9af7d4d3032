import type { Position } from './gen/hongyan.ts';
import { FNV_BASIS, FNV_PRIME, mix } from './hash.ts';
import type { ConversationId } from './ids.ts';

// SYN-8: how a device states what it holds in few bytes, and how the server finds what of it differs.

const SECOND_MULTIPLIER = 0x85ebca6b;
const HIGH_BITS = 16;
const LOW_RANGE = 0x1_0000_0000;

/** The most buckets that Holdings may have, as a power of two. */
export const DIGEST_BITS_MAX = 12;

/** 48 bits that stand for a conversation among those of one account. Ids are ASCII. */
export function conversationHash(id: ConversationId): number {
  let first = FNV_BASIS;
  let second = FNV_BASIS;
  for (let at = 0; at < id.length; at++) {
    const byte = id.charCodeAt(at) & 0xff;
    first = Math.imul(first ^ byte, FNV_PRIME);
    second = Math.imul(second ^ byte, SECOND_MULTIPLIER);
  }
  return (mix(second) >>> (32 - HIGH_BITS)) * LOW_RANGE + mix(first);
}

/** 32 bits that change whenever what is held of the conversation does. Sums of them (modulo 2^32) stand for sets. */
export function positionDigest({ conversationHash: hash, seq, cursorSum }: Omit<Position, 'readSeq'>): number {
  let digest = mix(hash % LOW_RANGE);
  for (const part of [Math.floor(hash / LOW_RANGE), seq, cursorSum]) digest = mix(digest ^ (part % LOW_RANGE));
  return digest;
}

/** Which of `2 ** digestBits` buckets a conversation falls into. */
export const bucketOf = (hash: number, digestBits: number): number =>
  Math.floor(hash / 2 ** (32 + HIGH_BITS - digestBits));

/** The digests of all buckets over `positions`, as Holdings has them; empty for no positions. */
export function bucketDigests(positions: Iterable<Omit<Position, 'readSeq'>>, digestBits: number): Uint32Array {
  const sums = new Uint32Array(2 ** digestBits);
  for (const position of positions) {
    const bucket = bucketOf(position.conversationHash, digestBits);
    sums[bucket] = ((sums[bucket] ?? 0) + positionDigest(position)) >>> 0;
  }
  return sums;
}

/** The sum over all positions: what Ping states. */
export function totalDigest(positions: Iterable<Omit<Position, 'readSeq'>>): number {
  return bucketDigests(positions, 0)[0] ?? 0;
}

/** Big endian, four bytes each. */
export function encodeDigests(sums: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(sums.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [bucket, sum] of sums.entries()) view.setUint32(bucket * 4, sum);
  return bytes;
}

/** Undefined when `bytes` are not the digests of `2 ** digestBits` buckets. */
export function decodeDigests(bytes: Uint8Array, digestBits: number): Uint32Array | undefined {
  if (digestBits > DIGEST_BITS_MAX || bytes.length !== 4 * 2 ** digestBits) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Uint32Array.from({ length: 2 ** digestBits }, (_, bucket) => view.getUint32(bucket * 4));
}
