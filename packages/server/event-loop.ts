import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { EventLoopDelay } from '@hongyan/core/ports';

/** How often the delay is looked at; a loop that is on time shows this much. */
const RESOLUTION_MS = 20;
const NS_PER_MS = 1e6;

/** Measures this process from now on. */
export function createEventLoopDelay(): EventLoopDelay {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  return {
    takeMs() {
      const meanMs = histogram.mean / NS_PER_MS;
      histogram.reset();
      return Number.isNaN(meanMs) ? 0 : Math.max(0, meanMs - RESOLUTION_MS);
    },
  };
}
