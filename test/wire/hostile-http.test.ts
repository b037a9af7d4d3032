import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createConnection, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig, startServer } from '@hongyan/server';
import { describe, expect, test } from 'vitest';
import { ServerProcess } from '../e2e/kit/server-process.ts';

const upgrade = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';

async function connect(port: number): Promise<Socket> {
  const socket = createConnection({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

/** Says something and is gone with a reset before the answer. */
async function hitAndRun(port: number, request: string): Promise<void> {
  const socket = await connect(port);
  socket.write(request, () => socket.resetAndDestroy());
  await once(socket, 'close');
}

describe('the HTTP port', () => {
  test('[SES-3] peers that ask for an upgrade and reset the connection do not end the process', async () => {
    const server = await ServerProcess.create();
    try {
      for (let n = 0; n < 50; n++) await hitAndRun(server.port, upgrade('/nowhere'));
      for (let n = 0; n < 50; n++) await hitAndRun(server.port, upgrade('/v1/ws'));
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    } finally {
      await server.dispose();
    }
  });

  test('[FRM-2] a message beyond every limit ends its connection only', async () => {
    const server = await ServerProcess.create();
    try {
      const socket = await connect(server.port);
      socket.write(upgrade('/v1/ws'));
      await once(socket, 'data');
      // A masked binary message of 2^40 bytes, and one with reserved bits set.
      socket.write(Buffer.from([0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 1, 2, 3, 4]));
      await once(socket, 'end');
      const other = await connect(server.port);
      other.write(upgrade('/v1/ws'));
      await once(other, 'data');
      other.write(Buffer.from([0xf2, 0x80, 1, 2, 3, 4]));
      await once(other, 'end');
      socket.destroy();
      other.destroy();
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    } finally {
      await server.dispose();
    }
  });

  test('[SES-10] connections that say nothing, half a request, or hold a refused upgrade do not keep the server from stopping', async () => {
    const data = await mkdtemp(join(tmpdir(), 'hongyan-wire-'));
    const argv = ['--host', '127.0.0.1', '--port', '0', '--tcp-port', '0', '--data', data, '--log-level', 'silent'];
    const server = await startServer(loadConfig({ argv, env: {} }));
    const { port, tcpPort } = server.address;
    const silent = [await connect(port), await connect(tcpPort)];
    const half = await connect(port);
    half.write('POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{');
    const refused = await connect(port);
    refused.write(upgrade('/nowhere'));
    await once(refused, 'data');
    await server.drain();
    for (const socket of [...silent, half, refused]) socket.destroy();
    await rm(data, { recursive: true });
  });
});
