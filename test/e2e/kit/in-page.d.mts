/** What a stretch of time was like for whoever looked at the page. All in milliseconds, but for the counts. */
export interface Felt {
  frames: number;
  p50: number;
  p99: number;
  longest: number;
  /** Tasks that held the page for longer than 50 ms. */
  longTasks: number;
  longestTask: number;
}

/** An element, on the other side. */
type There = unknown;

export function beginWatching(): void;
export function endWatching(): Felt;
export function dragThrough(scroller: There, steps: number): Promise<void>;
export function scrollBack(scroller: There, seq: number): Promise<void>;
export function openingMs(item: There): Promise<number>;
export function smallTargets(): string[];
