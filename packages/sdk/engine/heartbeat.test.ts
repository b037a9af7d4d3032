import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  announcedMs,
  type Ceiling,
  ceilingAfterLoss,
  grownHeartbeat,
  type Heartbeat,
  pauseMs,
  startHeartbeat,
} from './heartbeat.ts';

const limits = fc.record({
  heartbeatIntervalMs: fc.integer({ min: 1_000, max: 60_000 }),
  heartbeatIntervalMaxMs: fc.integer({ min: 0, max: 600_000 }),
});
const step = fc.record({
  what: fc.constantFrom('quiet', 'quiet', 'quiet', 'lost' as const),
  passedMs: fc.integer({ min: 0, max: 2_000_000 }),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});

test('[CON-3] the interval stays within the server’s bounds, and no pause is longer than what was announced', () => {
  fc.assert(
    fc.property(limits, fc.array(step, { maxLength: 60 }), (bounds, steps) => {
      let nowMs = 0;
      let ceiling: Ceiling | undefined;
      let heartbeat: Heartbeat = startHeartbeat(bounds, ceiling, nowMs);
      for (const { what, passedMs, random } of steps) {
        nowMs += passedMs;
        if (what === 'lost') {
          ceiling = ceilingAfterLoss(heartbeat, nowMs);
          heartbeat = startHeartbeat(bounds, ceiling, nowMs);
        } else heartbeat = grownHeartbeat(heartbeat, nowMs);
        const baseMs = bounds.heartbeatIntervalMs;
        expect(heartbeat.intervalMs).toBeGreaterThanOrEqual(Math.min(10_000, baseMs));
        expect(announcedMs(heartbeat)).toBeLessThanOrEqual(Math.max(baseMs, bounds.heartbeatIntervalMaxMs));
        expect(pauseMs(heartbeat, announcedMs(heartbeat), random)).toBeLessThanOrEqual(announcedMs(heartbeat));
        expect(pauseMs(heartbeat, announcedMs(heartbeat), random)).toBeGreaterThan(heartbeat.intervalMs * 0.89);
      }
    }),
  );
});

test('[CON-3] for an hour after a loss in quietness the interval stays below 80 % of the one that failed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 15_000, max: 270_000 }), fc.nat(7_200_000), (failedMs, passedMs) => {
      const bounds = { heartbeatIntervalMs: 25_000, heartbeatIntervalMaxMs: 270_000 };
      const failed = { ...startHeartbeat(bounds, undefined, 0), intervalMs: failedMs };
      let heartbeat = startHeartbeat(bounds, ceilingAfterLoss(failed, 0), 0);
      expect(heartbeat.intervalMs).toBe(Math.max(10_000, failedMs / 2));
      for (let n = 0; n < 20; n++) heartbeat = grownHeartbeat(heartbeat, passedMs);
      expect(heartbeat.intervalMs).toBe(passedMs < 3_600_000 ? failedMs * 0.8 : 270_000);
    }),
  );
});
