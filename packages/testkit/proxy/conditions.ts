/** What one direction of a line does to the bytes on it. Order is always kept, as TCP keeps it. */
export interface DirectionConditions {
  delayMs: number;
  /** Up to this much comes on top of the delay, anew for every segment. */
  jitterMs: number;
  bitsPerSecond: number;
  /** How often a segment is lost and comes after TCP's retransmission timeout, 200 ms and doubling. */
  lossChance: number;
  /** How often one bit of a segment is flipped. */
  garbleChance: number;
}

/**
 * `open`: bytes pass. `silent`: nothing passes and nobody is told, what is said meanwhile comes later. `refusing`: new
 * connections are reset at once, those that exist go on.
 */
export type Reach = 'open' | 'silent' | 'refusing';

export interface LineConditions {
  reach: Reach;
  /** From the client to the target. */
  up: DirectionConditions;
  down: DirectionConditions;
}

const perfectDirection: DirectionConditions = {
  delayMs: 0,
  jitterMs: 0,
  bitsPerSecond: Number.POSITIVE_INFINITY,
  lossChance: 0,
  garbleChance: 0,
};

/** A line on which nothing goes wrong, but for what is named. */
export function line(reach: Reach, up: Partial<DirectionConditions> = {}, down = up): LineConditions {
  return { reach, up: { ...perfectDirection, ...up }, down: { ...perfectDirection, ...down } };
}

export const perfectLine: LineConditions = line('open');
