import type { Fallback } from './default.ts';
import { fallbackTransport } from './fallback.ts';
import { longPollingTransport } from './long-polling.ts';

export { type FallbackOptions, fallbackTransport } from './fallback.ts';
export { type LongPollingOptions, longPollingTransport } from './long-polling.ts';

/** For `createClient({ fallback: longPolling })`: long polling where WebSocket does not get through. */
export const longPolling: Fallback = (first, server) =>
  fallbackTransport([first, (handlers) => longPollingTransport(server())(handlers)]);
