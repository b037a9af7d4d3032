import {
  bucketDigests,
  bucketOf,
  DEFAULT_LIMITS,
  encodeDigests,
  type Holdings,
  NO_HOLDINGS,
  type Position,
} from '@hongyan/protocol';
import { describe, expect, test } from 'vitest';
import { compareHoldings, holdingsFault, type Stateable, withPositions } from './holdings.ts';

const BITS = 4;

/** In bucket `n` of 16. */
const held = (n: number, seq = 5, cursorSum = 7): Position => ({
  conversationHash: n * 2 ** 44 + 1,
  seq,
  readSeq: 0,
  cursorSum,
});

const stating = (named: Position[], others: Position[]): Holdings => ({
  ...NO_HOLDINGS,
  positions: named,
  digestBits: BITS,
  digests: encodeDigests(bucketDigests(others, BITS)),
});

describe('holdings', () => {
  test('[SYN-9] digests that do not fit their number of buckets, or too many positions, are a fault', () => {
    const fault = (holdings: Partial<Holdings>) => holdingsFault({ ...NO_HOLDINGS, ...holdings }, DEFAULT_LIMITS);
    expect(fault({})).toBeUndefined();
    expect(fault({ digestBits: 2, digests: new Uint8Array(16) })).toBeUndefined();
    expect(fault({ digestBits: 0, digests: new Uint8Array(4) })).toBeUndefined();
    expect(fault({ digestBits: 2, digests: new Uint8Array(15) })).toMatch('digest');
    expect(fault({ digestBits: 2 })).toMatch('digest');
    expect(fault({ digestBits: 13, digests: new Uint8Array(4 * 2 ** 13) })).toMatch('digest');
    expect(fault({ digestBits: 4_294_967_295, digests: new Uint8Array(4) })).toMatch('digest');
    const positions = Array.from({ length: DEFAULT_LIMITS.positionsMax + 1 }, () => held(1));
    expect(fault({ positions })).toMatch('positions');
  });

  test('[SYN-9] what was stated one by one is looked at; of the others only the buckets that differ are wanted', () => {
    const known = [held(9), held(3), held(12), held(1)];
    const compared = compareHoldings(known, stating([held(3, 4)], [held(1), held(9), held(12, 4)]));
    expect(compared.stated).toEqual([{ conversation: held(3), position: held(3, 4) }]);
    expect(compared.unstated).toEqual([held(12)]);
    expect(compared.wantedBuckets).toEqual([bucketOf(held(12).conversationHash, BITS)]);
  });

  test('[SYN-9] a moved cursor, a conversation the device lacks and one only it has all make a bucket differ', () => {
    const wanted = (known: Position[], others: Position[]) => compareHoldings(known, stating([], others)).wantedBuckets;
    expect(wanted([held(2)], [held(2)])).toEqual([]);
    expect(wanted([held(2, 5, 8)], [held(2)])).toEqual([2]);
    expect(wanted([held(2), held(7)], [held(2)])).toEqual([7]);
    const neighbour = { ...held(2), conversationHash: held(2).conversationHash + 1 };
    expect(wanted([held(2)], [held(2), neighbour])).toEqual([2]);
  });

  test('[SYN-9] without digests nothing is wanted: there are no others', () => {
    const compared = compareHoldings([held(9), held(3)], { ...NO_HOLDINGS, positions: [held(3)] });
    expect(compared.stated).toEqual([
      { conversation: held(9), position: undefined },
      { conversation: held(3), position: held(3) },
    ]);
    expect(compared.wantedBuckets).toEqual([]);
  });

  test('[SYN-9] a hash that fits two conversations says nothing of either', () => {
    const twins: (Stateable & { id: string })[] = [
      { ...held(3), id: 'one' },
      { ...held(3, 8), id: 'other' },
    ];
    expect(withPositions(twins, [held(3)]).map(({ position }) => position)).toEqual([undefined, undefined]);
    const compared = compareHoldings(twins, { ...NO_HOLDINGS, positions: [held(3)] });
    expect(compared.stated.map(({ position }) => position)).toEqual([undefined, undefined]);
  });
});
