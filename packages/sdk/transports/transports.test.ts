import { createServer, type Server, type Socket } from 'node:net';
import {
  type Command,
  decodeCommand,
  encodeServerFrame,
  FrameReader,
  joinFrames,
  PLAIN_PING,
  type ServerFrame,
} from '@hongyan/protocol';
import { afterEach, expect, test } from 'vitest';
import { tcpTransport } from './tcp.ts';
import type { TransportHandlers } from './transport.ts';
import { webSocketTransport } from './websocket.ts';

const servers: Server[] = [];
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(serve: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    sockets.push(socket);
    serve(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return address.port;
}

const ping: Command = { id: 7, body: { case: 'ping', value: PLAIN_PING } };
const pong: ServerFrame = {
  frame: { case: 'reply', value: { id: 7, body: { case: 'pong', value: { serverTimeMs: 1, differs: false } } } },
};
const ignore: TransportHandlers = { onOpen() {}, onFrames() {}, onClose() {} };

test('[FRM-1] TCP carries frames both ways, however the stream is cut', async () => {
  const port = await listen((socket) => {
    const reader = new FrameReader(1_000);
    socket.on('data', (chunk) => {
      for (const frame of reader.push(chunk)) {
        if (decodeCommand(frame).id !== 7) continue;
        const bytes = joinFrames([encodeServerFrame(pong), encodeServerFrame(pong)]);
        socket.write(bytes.subarray(0, 5));
        setImmediate(() => socket.write(bytes.subarray(5)));
      }
    });
  });
  const received: ServerFrame[] = [];
  await new Promise<void>((resolve, reject) => {
    const connection = tcpTransport({ host: '127.0.0.1', port })({
      onOpen: () => connection.send([ping]),
      onFrames(frames) {
        received.push(...frames);
        if (received.length === 2) resolve();
      },
      onClose: (_code, reason) => reject(new Error(reason)),
    });
  });
  expect(received).toEqual([pong, pong]);
});

test('[P9] bytes that are no frame end the connection', async () => {
  const port = await listen((socket) => socket.write(Buffer.from([255, 255, 255, 255, 1])));
  const reason = await new Promise<string>((resolve) => {
    tcpTransport({ host: '127.0.0.1', port })({ ...ignore, onClose: (_code, why) => resolve(why) });
  });
  expect(reason).toContain('not a frame');
});

test('[CON-1] a server that is not there is told as a close, by both transports', async () => {
  const port = await listen(() => {});
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
  for (const transport of [
    tcpTransport({ host: '127.0.0.1', port }),
    webSocketTransport(`ws://127.0.0.1:${port}/v1/ws`),
  ]) {
    const code = await new Promise<number>((resolve) => {
      transport({ ...ignore, onClose: resolve });
    });
    expect([0, 1006]).toContain(code);
  }
});
