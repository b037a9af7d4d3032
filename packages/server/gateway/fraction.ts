import type { Random } from '@hongyan/core';

const BYTES = 4;

/** A random number in [0, 1). */
export function fraction(random: Random): number {
  return new DataView(Uint8Array.from(random.bytes(BYTES)).buffer).getUint32(0) / 2 ** (8 * BYTES);
}
