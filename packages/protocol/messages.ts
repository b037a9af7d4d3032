import type { EntryHeader, Holdings, Ping } from './gen/hongyan.ts';

/** A sign of life that says nothing else. */
export const PLAIN_PING: Ping = { nextWithinMs: 0, compare: false, userSeq: 0, digest: 0 };

/** What a device holds that holds nothing. */
export const NO_HOLDINGS: Holdings = { userSeq: 0, positions: [], digestBits: 0, digests: new Uint8Array(0) };

/** A header that says nothing. */
export const NO_HEADER: EntryHeader = {
  targetSeq: 0,
  mentionedIds: [],
  mentionsAll: false,
  lifetimeMs: 0,
  livesFromRead: false,
};
