/** A bound as it is sent: a negative one is none at all. */
export const atLeastZero = (limit: number): string => String(Math.max(limit, 0));
