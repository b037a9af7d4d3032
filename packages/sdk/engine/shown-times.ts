import type { Message } from '../types.ts';

const happenedMs = ({ serverTimeMs, clientTimeMs }: Message): number => serverTimeMs ?? clientTimeMs;

/**
 * D4: the same messages with times that never go back along the timeline. One that came late and slipped into its place
 * shows when it was written, as far as that lies between its neighbours. Messages whose time is right keep their identity.
 */
export function withAscendingTimes(messages: readonly Message[]): Message[] {
  const latestMs = messages.map(happenedMs);
  for (let index = latestMs.length - 2; index >= 0; index--) {
    latestMs[index] = Math.min(latestMs[index] ?? 0, latestMs[index + 1] ?? 0);
  }
  let previousMs = Number.NEGATIVE_INFINITY;
  return messages.map((message, index) => {
    const boundMs = latestMs[index] ?? 0;
    const isLate = happenedMs(message) > boundMs;
    const timeMs = isLate ? Math.max(previousMs, Math.min(message.clientTimeMs, boundMs)) : boundMs;
    previousMs = timeMs;
    return timeMs === message.timeMs ? message : { ...message, timeMs };
  });
}
