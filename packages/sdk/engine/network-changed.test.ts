import { expect, test } from 'vitest';
import { connected, welcomed } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { ModelServer } from './testing/model-server.ts';

test('[CON-5] the network coming back cuts the pause short, a change of network probes the connection', async () => {
  const device = await connected();
  device.do({ type: 'networkChanged', online: true });
  expect(device.take()).toMatchObject([{ body: { case: 'ping' } }]);
  device.fire('silence');
  expect(device.engine.connection().status).toBe('offline');
  device.do({ type: 'networkChanged', online: false });
  expect(device.engine.connection()).toMatchObject({ retryAtMs: undefined });
  device.do({ type: 'networkChanged', online: true });
  expect(device.reconnectInMs).toBe(500);
});

test('[CON-5] a device that is told to be offline knows within a moment, and stays online if the server answers', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.do({ type: 'networkChanged', online: false });
  device.settle(server);
  expect((device.timers.get('silence') ?? 0) - device.nowMs).toBeGreaterThan(20_000);
  expect(device.engine.connection().status).toBe('online');
  const beforeMs = device.nowMs;
  device.do({ type: 'networkChanged', online: false });
  device.fire('silence');
  expect(device.nowMs - beforeMs).toBe(1_500);
  expect(device.engine.connection()).toMatchObject({ status: 'offline', retryAtMs: undefined });
});

test('[CON-5] a device that is being brought up to date when the network changes is probed at once', async () => {
  const server = new ModelServer();
  const device = await welcomed(server);
  expect(device.engine.connection().status).toBe('syncing');
  device.do({ type: 'networkChanged', online: true });
  expect(device.take()).toMatchObject([{ body: { case: 'ping' } }]);
  device.fire('silence');
  expect(device.nowMs).toBe(1_005_000);
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'a probe was not answered' });
});

test.each(['connecting', 'handshaking'])(
  '[CON-5] a network that comes back while %s has a fresh attempt',
  async (when) => {
    const device = new Device();
    await device.start();
    const first = device.connectionId;
    if (when === 'handshaking') device.open();
    device.do({ type: 'networkChanged', online: false });
    expect(device.connectionId).toBe(first);
    device.do({ type: 'networkChanged', online: true });
    expect(device.engine.connection()).toMatchObject({ status: 'offline', failures: 0 });
    expect([...device.timers.keys()]).toEqual(['reconnect']);
    expect(device.reconnectInMs).toBe(500);
    device.open();
    expect(device.take()).toEqual([]);
    device.fire('reconnect');
    expect(device.connectionId).toBe(first + 1);
    expect(device.engine.connection()).toEqual({ status: 'connecting', attempt: 1 });
    device.online(new ModelServer());
    expect(device.engine.connection().status).toBe('online');
  },
);
