import type { ServerFrame } from '@hongyan/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fallbackTransport } from './fallback.ts';
import type { Transport, TransportHandlers } from './transport.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const frame: ServerFrame = { frame: undefined };

/** A transport whose connections do what the test says. */
class Puppet {
  readonly connections: { handlers: TransportHandlers; closed: boolean }[] = [];
  readonly transport: Transport = (handlers) => {
    const connection = { handlers, closed: false };
    this.connections.push(connection);
    return {
      send() {},
      close() {
        connection.closed = true;
      },
    };
  };

  get last(): TransportHandlers {
    const connection = this.connections.at(-1);
    if (connection === undefined) throw new Error('nothing was opened');
    return connection.handlers;
  }
}

function world() {
  const [webSocket, polling] = [new Puppet(), new Puppet()];
  let networkChanged = () => {};
  const closes: string[] = [];
  const transport = fallbackTransport([webSocket.transport, polling.transport], {
    watchNetwork(changed, signal) {
      networkChanged = () => {
        if (!signal.aborted) changed();
      };
    },
  });
  const connect = () => transport({ onOpen() {}, onFrames() {}, onClose: (_code, reason) => closes.push(reason) });
  const failWebSocket = () => {
    connect();
    webSocket.last.onClose(0, 'refused');
  };
  /** Two failures, and a session over polling that has heard something; its first probe was refused. */
  const fallBack = () => {
    failWebSocket();
    failWebSocket();
    const connection = connect();
    polling.last.onOpen();
    polling.last.onFrames([frame]);
    vi.advanceTimersByTime(0);
    webSocket.last.onClose(0, 'refused');
    closes.length = 0;
    return connection;
  };
  return { webSocket, polling, connect, fallBack, failWebSocket, closes, networkChanged: () => networkChanged() };
}

test('[POL-12, F4] polling is used after two failures, and probes go on beside it', () => {
  const { webSocket, polling, fallBack, closes } = world();
  fallBack();
  expect([webSocket.connections.length, polling.connections.length]).toEqual([3, 1]);
  vi.advanceTimersByTime(60_000);
  expect(webSocket.connections.length).toBe(4);
  vi.advanceTimersByTime(10_000);
  expect(webSocket.connections[3]?.closed).toBe(true);
  vi.advanceTimersByTime(120_000);
  expect(webSocket.connections.length).toBe(5);
  expect(closes).toEqual([]);
});

test('[POL-12, F4] a probe that opens ends the polled connection, and the next one is over WebSocket', () => {
  const { webSocket, polling, connect, fallBack, closes, networkChanged } = world();
  fallBack();
  networkChanged();
  vi.advanceTimersByTime(0);
  webSocket.last.onOpen();
  expect(webSocket.connections.at(-1)?.closed).toBe(true);
  expect(polling.connections[0]?.closed).toBe(true);
  expect(closes).toEqual(['a better transport has become possible']);
  connect();
  expect([webSocket.connections.length, polling.connections.length]).toEqual([5, 1]);
  vi.advanceTimersByTime(3_600_000);
  expect(webSocket.connections.length).toBe(5);
});

test('[POL-12, F4] a connection that is given up without a frame is a failure too', () => {
  const { polling, connect } = world();
  for (let times = 0; times < 2; times++) connect().close();
  connect();
  expect(polling.connections.length).toBe(1);
});

test('[POL-12, F4] a closed client does not probe', () => {
  const { webSocket, fallBack, networkChanged } = world();
  fallBack().close();
  networkChanged();
  vi.advanceTimersByTime(3_600_000);
  expect(webSocket.connections.length).toBe(3);
});
