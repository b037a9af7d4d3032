import type { Transport } from './transport.ts';
import { webSocketTransport } from './websocket.ts';

/** What a client goes on with where `first` does not get through. `server` is asked for every attempt. */
export type Fallback = (first: Transport, server: () => string) => Transport;

/**
 * WebSocket, and the fallback where that does not get through. `server` is asked for every attempt and gives an address as for
 * REST; what gets through on the way to one is taken to get through to the next.
 */
export function defaultTransport(server: () => string, fallback?: Fallback): Transport {
  const webSocket: Transport = (handlers) => webSocketTransport(webSocketUrl(server()))(handlers);
  return fallback?.(webSocket, server) ?? webSocket;
}

function webSocketUrl(server: string): string {
  const url = new URL('/v1/ws', server);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
}
