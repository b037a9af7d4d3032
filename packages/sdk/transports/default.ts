import { fallbackTransport } from './fallback.ts';
import { longPollingTransport } from './long-polling.ts';
import type { Transport } from './transport.ts';
import { webSocketTransport } from './websocket.ts';

/** WebSocket, and long polling where only plain HTTP gets through. `server` is its address as for REST. */
export const defaultTransport = (server: string): Transport =>
  fallbackTransport([webSocketTransport(webSocketUrl(server)), longPollingTransport(server)]);

function webSocketUrl(server: string): string {
  const url = new URL('/v1/ws', server);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
