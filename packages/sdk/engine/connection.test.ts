import { CloseCode } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advisedDelayMs, growingDelayMs, promptDelayMs } from './backoff.ts';
import { Device } from './testing/device.ts';
import { ModelServer, pushFrame } from './testing/model-server.ts';

async function connected(server = new ModelServer()): Promise<Device> {
  const device = new Device();
  await device.start();
  device.online(server);
  return device;
}

const delayMs = (device: Device) => (device.timers.get('reconnect') ?? Number.NaN) - device.nowMs;
const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('[CON-2] pauses grow, differ, and stay within their bounds', () => {
  fc.assert(
    fc.property(fc.array(unit, { minLength: 1, maxLength: 40 }), (randoms) => {
      let delay = 0;
      for (const random of randoms) {
        const next = growingDelayMs(delay, random);
        expect(next).toBeGreaterThanOrEqual(500);
        expect(next).toBeLessThanOrEqual(Math.min(30_000, Math.max(1_500, delay * 3)));
        delay = next;
      }
      expect(promptDelayMs(randoms[0] ?? 0)).toBeLessThan(1_000);
    }),
  );
  expect(growingDelayMs(30_000, 0.999)).toBe(30_000);
  expect(advisedDelayMs(5_000, 700)).toBe(5_700);
});

test('[CON-1] a lost connection comes back within a jittered moment, failed attempts ever later', async () => {
  const device = await connected();
  device.lose(CloseCode.GOING_AWAY);
  expect(delayMs(device)).toBe(500);
  const delays = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
    device.fire('reconnect');
    device.lose();
    return delayMs(device);
  });
  expect(delays).toEqual([...delays].sort((a, b) => a - b));
  expect(Math.max(...delays)).toBeLessThanOrEqual(30_000);
  expect(device.engine.connection()).toMatchObject({ status: 'offline', retryAtMs: device.timers.get('reconnect') });
});

test('[CON-1] Closing with advice to wait is obeyed, and what the transport says after it is not heard', async () => {
  const device = await connected();
  const value = { code: CloseCode.OVERLOADED, reason: 'full', retryAfterMs: 7_000 };
  device.receive(pushFrame({ case: 'closing', value }));
  const promised = delayMs(device);
  device.lose();
  expect(delayMs(device)).toBe(promised);
  expect(promised).toBeGreaterThanOrEqual(7_500);
});

test('[CON-1] a refused token is renewed once and used at once; only a refused renewal signs out', async () => {
  const device = await connected();
  device.lose(CloseCode.UNAUTHENTICATED);
  expect(device.authenticating).toBe(1);
  const before = device.connectionId;
  device.do({ type: 'credentialsRefreshed' });
  expect(device.connectionId).toBe(before + 1);
  device.open();
  device.lose(CloseCode.UNAUTHENTICATED);
  device.do({ type: 'credentialsUnavailable' });
  expect(device.engine.connection().status).toBe('offline');
  device.fire('reconnect');
  device.lose(CloseCode.SESSION_REVOKED);
  device.do({ type: 'credentialsRefused' });
  expect(device.engine.connection()).toEqual({ status: 'signed-out' });
  expect(device.notices).toContainEqual({ type: 'sessionEnded' });
});

test('[CON-1] a server that will not have this version is left alone', async () => {
  const device = await connected();
  device.lose(CloseCode.UNSUPPORTED_VERSION);
  expect(device.engine.connection().status).toBe('stopped');
  expect([...device.timers.keys()]).toEqual([]);
});

test('[SES-7] it pings when it has sent nothing for an interval, and gives up a connection that is silent for 2.4', async () => {
  const device = await connected();
  device.fire('heartbeat');
  expect(device.take()).toMatchObject([{ body: { case: 'ping' } }]);
  device.timers.delete('command');
  device.fire('silence');
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'nothing was heard for too long' });
});

test('[SES-7] answered pings keep the connection', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  for (let n = 0; n < 5; n++) {
    device.fire('heartbeat');
    device.settle(server);
  }
  device.fire('silence');
  expect(device.engine.connection()).toEqual({ status: 'online' });
});

test('[SES-1] a handshake that takes too long is given up', async () => {
  const device = new Device();
  await device.start();
  device.open();
  expect(device.take()).toMatchObject([{ body: { case: 'hello', value: { accessToken: 'access' } } }]);
  device.fire('handshake');
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'no Welcome in time' });
});

test('[SES-5] a command that stays without an answer ends the connection', async () => {
  const device = await connected();
  device.compose('m1');
  device.fire('command');
  expect(device.engine.connection()).toMatchObject({ status: 'offline' });
  expect(device.engine.outbox()).toMatchObject([{ state: { name: 'queued' } }]);
});

test('[F3] the network coming back cuts the pause short, a change of network probes the connection', async () => {
  const device = await connected();
  device.do({ type: 'networkChanged', online: true });
  expect(device.take()).toMatchObject([{ body: { case: 'ping' } }]);
  device.fire('silence');
  expect(device.engine.connection().status).toBe('offline');
  device.do({ type: 'networkChanged', online: false });
  expect(device.engine.connection()).toMatchObject({ retryAtMs: undefined });
  device.do({ type: 'networkChanged', online: true });
  expect(delayMs(device)).toBe(500);
});
