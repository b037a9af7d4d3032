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

/** Where one gateway listens on this machine. */
export interface Door {
  port: number;
  tcpPort: number;
}

export interface Target {
  transport: Transport;
  /** Where REST is. */
  apiPort: number;
  /** Of all gateways. */
  doors: readonly Door[];
}

/** Opens a connection to one of the gateways; `index` spreads many of them over gateways and source addresses. */
export function connect({ transport, doors }: Target, index: number, listener: LinkListener): Promise<Link> {
  const door = doors[index % doors.length];
  if (door === undefined) throw new Error('there is no gateway');
  const localAddress = sourceAddress(index);
  switch (transport) {
    case 'ws':
      return connectWebSocket(`ws://127.0.0.1:${door.port}/v1/ws`, localAddress, listener);
    case 'tcp':
      return connectTcp(door.tcpPort, localAddress, listener);
    case 'poll':
      return connectPolling(door.port, localAddress, listener);
  }
}

/** Fewer than the ephemeral ports one address has on any common system. */
const CONNECTIONS_PER_ADDRESS = 10_000;

/** Connections beyond the first address's ports get one of their own: binding to it costs far more than leaving it open. */
function sourceAddress(index: number): string | undefined {
  const address = Math.floor(index / CONNECTIONS_PER_ADDRESS);
  return address === 0 ? undefined : `127.0.0.${1 + address}`;
}
