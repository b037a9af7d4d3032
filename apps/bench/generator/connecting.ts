import { setTimeout as wait } from 'node:timers/promises';
import { DEFAULT_LIMITS } from '@hongyan/protocol';
import { type Session, SessionEnd } from '../client/session.ts';

/** Handshakes under way at a time. */
const CONCURRENCY = 64;
const ATTEMPTS_MAX = 20;

/** Opens `count` connections, a bounded number of them at a time; one that the server turns away for now comes back. */
export async function connectAll(count: number, connect: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const index = next++;
      await patiently(() => connect(index));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, worker));
}

async function patiently(connect: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await connect();
    } catch (error) {
      if (!(error instanceof SessionEnd) || error.retryAfterMs === 0 || attempt === ATTEMPTS_MAX) throw error;
      await wait(error.retryAfterMs);
    }
  }
}

const SLICES = 100;
const SLICE_MS = DEFAULT_LIMITS.heartbeatIntervalMs / SLICES;

/** Keeps the sessions that say nothing alive (SES-7), a slice at a time, on a busy machine several. */
export function keepAlive(sessions: readonly (Pick<Session, 'beat'> | undefined)[]): void {
  const startedMs = performance.now();
  let beaten = 0;
  setInterval(() => {
    for (const due = Math.floor((performance.now() - startedMs) / SLICE_MS); beaten < due; beaten += 1) {
      for (let index = beaten % SLICES; index < sessions.length; index += SLICES) sessions[index]?.beat();
    }
  }, SLICE_MS);
}
