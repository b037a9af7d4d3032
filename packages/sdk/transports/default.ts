import { fallbackTransport } from './fallback.ts';
import { longPollingTransport } from './long-polling.ts';
import type { Transport } from './transport.ts';
import { webSocketTransport } from './websocket.ts';

/**
 * WebSocket, and long polling where only plain HTTP gets through. `server` is asked for every attempt and gives an address as
 * for REST; what gets through on the way to one is taken to get through to the next.
 */
export const defaultTransport = (server: () => string): Transport =>
  fallbackTransport([
    (handlers) => webSocketTransport(webSocketUrl(server()))(handlers),
    (handlers) => longPollingTransport(server())(handlers),
  ]);

function webSocketUrl(server: string): string {
  const url = new URL('/v1/ws', server);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
