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
  /** A session over polling that has heard something, as WebSocket was refused; its first probe was refused too. */
  const fallBack = () => {
    const connection = connect();
    webSocket.last.onClose(0, 'refused');
    polling.last.onOpen();
    polling.last.onFrames([frame]);
    vi.advanceTimersByTime(5_000);
    webSocket.last.onClose(0, 'refused');
    return connection;
  };
  return { webSocket, polling, connect, fallBack, closes, networkChanged: () => networkChanged() };
}

test('[POL-12, F4] polling is used where WebSocket is refused, without a further attempt, and probes go on beside it', () => {
  const { webSocket, polling, fallBack, closes } = world();
  fallBack();
  expect([webSocket.connections.length, polling.connections.length]).toEqual([2, 1]);
  vi.advanceTimersByTime(60_000);
  expect(webSocket.connections.length).toBe(3);
  vi.advanceTimersByTime(10_000);
  expect(webSocket.connections[2]?.closed).toBe(true);
  vi.advanceTimersByTime(120_000);
  expect(webSocket.connections.length).toBe(4);
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
  expect([webSocket.connections.length, polling.connections.length]).toEqual([4, 1]);
  vi.advanceTimersByTime(3_600_000);
  expect(webSocket.connections.length).toBe(4);
});

test('[POL-12, F4] where neither gets through the attempt is over, and the next one begins with WebSocket', () => {
  const { webSocket, polling, connect, closes } = world();
  for (let times = 1; times <= 3; times++) {
    connect();
    webSocket.last.onClose(0, 'refused');
    polling.last.onClose(0, 'refused too');
    expect([webSocket.connections.length, polling.connections.length]).toEqual([times, times]);
  }
  expect(closes).toEqual(['refused too', 'refused too', 'refused too']);
});

test('[POL-12, F4] a WebSocket that closes after it opened is no reason to poll', () => {
  const { webSocket, polling, connect, closes } = world();
  connect();
  webSocket.last.onOpen();
  webSocket.last.onClose(1006, 'gone');
  expect([closes, polling.connections.length]).toEqual([['gone'], 0]);
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
  expect(webSocket.connections.length).toBe(2);
});
