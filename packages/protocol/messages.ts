import type { Holdings, Ping } from './gen/hongyan.ts';

/** A sign of life that says nothing else. */
export const PLAIN_PING: Ping = { nextWithinMs: 0, compare: false, userSeq: 0, digest: 0 };

/** What a device holds that holds nothing. */
export const NO_HOLDINGS: Holdings = { userSeq: 0, positions: [], digestBits: 0, digests: new Uint8Array(0) };
