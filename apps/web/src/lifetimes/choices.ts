import type { Lifetime } from '@hongyan/sdk';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** What a conversation offers its messages to live for; 0: they stay. */
export const CONVERSATION_LIFETIMES_MS: readonly number[] = [
  0,
  5 * MINUTE_MS,
  HOUR_MS,
  DAY_MS,
  7 * DAY_MS,
  30 * DAY_MS,
  90 * DAY_MS,
];

/** What one message may live for, from when it was sent, */
export const FROM_SENT: readonly Lifetime[] = [30_000, 5 * MINUTE_MS, HOUR_MS, DAY_MS].map((ms) => ({
  ms,
  from: 'sent',
}));
/** and from when its recipient has read it. */
export const FROM_READ: readonly Lifetime[] = [5_000, 30_000, 5 * MINUTE_MS].map((ms) => ({ ms, from: 'read' }));
