import { connectPolling } from './poll-link.ts';
import { connectTcp } from './tcp-link.ts';
import { connectWebSocket } from './websocket-link.ts';

export type Transport = 'ws' | 'tcp' | 'poll';

/** One open connection. Dropping it is the only way to end it. */
export interface Link {
  /** Sends whole frames. */
  write(frames: Uint8Array): void;
  drop(): void;
}

/** What a connection tells its client. `frames` are views: they are gone when the call returns. */
export interface LinkListener {
  onFrames(frames: readonly Uint8Array[]): void;
  onEnd(reason: string): void;
}

export interface Target {
  transport: Transport;
  port: number;
  tcpPort: number;
}

/** Opens a connection to the server on this machine; `index` spreads many of them over source addresses. */
export function connect(target: Target, index: number, listener: LinkListener): Promise<Link> {
  const localAddress = sourceAddress(index);
  switch (target.transport) {
    case 'ws':
      return connectWebSocket(`ws://127.0.0.1:${target.port}/v1/ws`, localAddress, listener);
    case 'tcp':
      return connectTcp(target.tcpPort, localAddress, listener);
    case 'poll':
      return connectPolling(target.port, localAddress, listener);
  }
}

/** Fewer than the ephemeral ports one address has on any common system. */
const CONNECTIONS_PER_ADDRESS = 10_000;

/** Connections beyond the first address's ports get one of their own: binding to it costs far more than leaving it open. */
function sourceAddress(index: number): string | undefined {
  const address = Math.floor(index / CONNECTIONS_PER_ADDRESS);
  return address === 0 ? undefined : `127.0.0.${1 + address}`;
}
