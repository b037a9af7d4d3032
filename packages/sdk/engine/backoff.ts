import { PROMPT_RETRY_SPAN_MS, RETRY_AFTER_MAX_MS, RETRY_DELAY_MAX_MS, RETRY_DELAY_MIN_MS } from './limits.ts';

/** CON-2: the pause after a failed attempt, by decorrelated jitter: somewhere between the least and three times the last. */
export function growingDelayMs(previousDelayMs: number, random: number): number {
  const ceiling = Math.max(previousDelayMs, RETRY_DELAY_MIN_MS) * 3;
  return Math.min(RETRY_DELAY_MAX_MS, RETRY_DELAY_MIN_MS + Math.floor(random * (ceiling - RETRY_DELAY_MIN_MS)));
}

/** CON-2: the pause before coming back "at once". */
export const promptDelayMs = (random: number): number => Math.floor(random * PROMPT_RETRY_SPAN_MS);

/** CON-1: not before the server's advice; the jitter comes on top, as everybody was given the same advice. */
export function advisedDelayMs(retryAfterMs: number, delayMs: number): number {
  return Math.min(retryAfterMs, RETRY_AFTER_MAX_MS) + delayMs;
}
