/** Where somebody is sent who wants to connect. */
export type Allocation =
  /** Nodes to try in this order, at least one. */
  | { kind: 'allocated'; gateways: readonly string[] }
  /** Nobody has room now. */
  | {
      kind: 'queued';
      /** 1 is the next one. */
      place: number;
      /** Whoever comes back after this, and not before, keeps the place and moves up. */
      retryAfterMs: number;
      /**
       * To be stated when coming back, to this allocator or any other: it is what keeps the place. It has fractions, which
       * tell those apart who came together. undefined: there was no place left in the line either.
       */
      waitingSinceMs: number | undefined;
    };

export interface AllocationRequest {
  /**
   * From the last answer to the same caller; undefined for one who just came. Whoever makes one up can get ahead of others,
   * and never past what the nodes take: who asks has to be known, or this has to be signed, where that matters.
   */
  waitingSinceMs: number | undefined;
}
