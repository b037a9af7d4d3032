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

export interface ReconnectCause {
  /** The server's advice; 0: none. */
  retryAfterMs: number;
  /** A connection that worked was lost and may come back at once; otherwise an attempt failed. */
  isPrompt: boolean;
}

/** CON-1, CON-2: the pause before the next attempt to connect, and the delay that the one after it grows from. */
export function reconnectPause(
  previousDelayMs: number,
  { retryAfterMs, isPrompt }: ReconnectCause,
  random: number,
): { pauseMs: number; delayMs: number } {
  const delayMs = isPrompt ? previousDelayMs : growingDelayMs(previousDelayMs, random);
  return { pauseMs: advisedDelayMs(retryAfterMs, isPrompt ? promptDelayMs(random) : delayMs), delayMs };
}
