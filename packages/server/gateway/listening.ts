import type { Server } from 'node:http';
import type { Door } from './gateway.ts';
import { createTcpServer } from './tcp.ts';
import { attachWebSocket } from './websocket.ts';

// Beside the gateway and not in it, so that a gateway runs where there are no sockets, as in a browser.

/** Serves WebSocket at `path` of an HTTP server until the gateway is drained. */
export function serveWebSocket(door: Door, httpServer: Server, path: string): void {
  const server = attachWebSocket(httpServer, path, door);
  door.onDrained(() => server.close());
}

/** Listens for plain TCP until the gateway drains; port 0 takes a free one. */
export async function listenTcp(door: Door, { host, port }: { host: string; port: number }): Promise<{ port: number }> {
  const server = createTcpServer(door);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: 4_096 }, () => resolve());
  });
  door.onDraining(() => server.close());
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : port };
}
