import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { systemNetwork } from './network.ts';

const open = new AbortController().signal;

test('[C1, P9] a connection goes to one of the given addresses, the next one when the first does not answer', async () => {
  const server = createServer((socket) => socket.end('here')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = await systemNetwork.connect({ addresses: ['127.0.0.2', '127.0.0.1'], port }, open);
  expect([socket.remoteAddress, String(await socket.toArray())]).toEqual(['127.0.0.1', 'here']);
  server.close();
  await once(server, 'close');
});

test('[C1, P9] a connection that nobody takes, or is not wanted any more, is refused', async () => {
  await expect(systemNetwork.connect({ addresses: ['127.0.0.1', '127.0.0.2'], port: 1 }, open)).rejects.toThrow();
  await expect(systemNetwork.connect({ addresses: ['127.0.0.1'], port: 1 }, AbortSignal.abort())).rejects.toThrow();
});

test('[C1, P9] names of this machine are no names, and a look-up that is not wanted any more ends', async () => {
  const deadline = new AbortController();
  const asked = systemNetwork.resolve('localhost', deadline.signal);
  deadline.abort();
  await expect(asked).rejects.toThrow();
});

test('[C1] this machine has addresses', () => {
  expect(systemNetwork.ownAddresses()).toContain('127.0.0.1');
});
