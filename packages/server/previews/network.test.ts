import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { NameServer } from '../testing/name-server.ts';
import { createNetwork } from './network.ts';

const network = createNetwork();
const open = new AbortController().signal;

test('[C1, P9] a connection goes to one of the given addresses, the next one when the first does not answer', async () => {
  const server = createServer((socket) => socket.end('here')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = await network.connect({ addresses: ['127.0.0.2', '127.0.0.1'], port }, open);
  expect([socket.remoteAddress, String(await socket.toArray())]).toEqual(['127.0.0.1', 'here']);
  server.close();
  await once(server, 'close');
});

test('[C1, P9] a connection that nobody takes, or is not wanted any more, is refused', async () => {
  await expect(network.connect({ addresses: ['127.0.0.1', '127.0.0.2'], port: 1 }, open)).rejects.toThrow();
  await expect(network.connect({ addresses: ['127.0.0.1'], port: 1 }, AbortSignal.abort())).rejects.toThrow();
});

test('[C1, P9] a name has the addresses that name servers say, behind other names too, and not those of this machine', async () => {
  await using server = await NameServer.open();
  const { resolve } = createNetwork([server.address]);
  server.names.set('www.example.com', [
    { type: 'CNAME', data: 'host.example.com' },
    { type: 'A', data: [93, 184, 215, 14] },
    { type: 'AAAA', data: [0x26, 0x06, 0x47, ...Array(12).fill(0), 0x11] },
  ]);
  server.names.set('rebind.example.com', [{ type: 'A', data: [127, 0, 0, 1] }]);
  server.names.set('empty.example.com', []);
  server.names.set('localhost', []);
  expect(await resolve('www.example.com', open)).toEqual(['93.184.215.14', '2606:4700::11']);
  expect(await resolve('rebind.example.com', open)).toEqual(['127.0.0.1']);
  expect(await resolve('empty.example.com', open)).toEqual([]);
  expect(await resolve('localhost', open)).toEqual([]);
});

test('[C1, P8] a look-up that no name server answers ends when it is not wanted any more', async () => {
  await using server = await NameServer.open();
  const deadline = new AbortController();
  const asked = createNetwork([server.address]).resolve('silent.example.com', deadline.signal);
  deadline.abort();
  await expect(asked).rejects.toThrow();
});

test('[C1] this machine has addresses', () => {
  expect(network.ownAddresses()).toContain('127.0.0.1');
});
