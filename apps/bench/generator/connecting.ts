import { DEFAULT_LIMITS } from '@hongyan/protocol';
import type { Session } from '../client/session.ts';

/** Handshakes under way at a time. */
const CONCURRENCY = 64;

/** Opens `count` connections, a bounded number of them at a time. */
export async function connectAll(count: number, connect: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await connect(next++);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

/** Keeps the sessions that say nothing alive (SES-7), a slice at a time. */
export function keepAlive(sessions: readonly (Pick<Session, 'beat'> | undefined)[]): void {
  const slices = 100;
  let slice = 0;
  setInterval(() => {
    slice = (slice + 1) % slices;
    for (let index = slice; index < sessions.length; index += slices) sessions[index]?.beat();
  }, DEFAULT_LIMITS.heartbeatIntervalMs / slices);
}
