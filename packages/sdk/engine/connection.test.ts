import { CloseCode } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { connected, welcomed } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { ModelServer, pushFrame } from './testing/model-server.ts';

test('[CON-1] a lost connection comes back within a jittered moment, failed attempts ever later', async () => {
  const device = await connected();
  device.lose(CloseCode.GOING_AWAY);
  expect(device.reconnectInMs).toBe(500);
  const delays = [1, 2, 3, 4, 5, 6, 7, 8].map(() => {
    device.fire('reconnect');
    device.lose();
    return device.reconnectInMs;
  });
  expect(delays).toEqual([...delays].sort((a, b) => a - b));
  expect(Math.max(...delays)).toBeLessThanOrEqual(30_000);
  expect(device.engine.connection()).toMatchObject({ status: 'offline', retryAtMs: device.timers.get('reconnect') });
});

test('[CON-6] what a person is told of a lost connection are words, not the transport’s numbers', async () => {
  const device = await connected();
  const { connectionId } = device;
  device.do({ type: 'transportClosed', connectionId, code: 1006, reason: '', retryAfterMs: 0 });
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'the connection was lost' });
});

test('[CON-1] Closing with advice to wait is obeyed, and what the transport says after it is not heard', async () => {
  const device = await connected();
  const value = { code: CloseCode.OVERLOADED, reason: 'full', retryAfterMs: 7_000 };
  device.receive(pushFrame({ case: 'closing', value }));
  const promised = device.reconnectInMs;
  device.lose();
  expect(device.reconnectInMs).toBe(promised);
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

test('[SES-1] a handshake that takes too long is given up', async () => {
  const device = new Device();
  await device.start();
  device.open();
  expect(device.take()).toMatchObject([{ body: { case: 'hello', value: { accessToken: 'access' } } }]);
  device.fire('handshake');
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'no Welcome in time' });
});

test('[CON-2] a first comeback that is cut before it is up to date comes back soon again, a second one does not', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.lose();
  const comeBackAndLose = () => {
    device.fire('reconnect');
    device.open();
    const [hello] = device.take();
    if (hello) device.receive(...server.answer(hello).slice(0, 1));
    expect(device.engine.connection().status).toBe('syncing');
    device.lose();
    return device.reconnectInMs;
  };
  expect([comeBackAndLose(), comeBackAndLose()]).toEqual([500, 1_000]);
});

test('[CON-9] an access token that does not come in time is an attempt that failed; one that comes late is used', async () => {
  const device = await connected();
  device.lose(CloseCode.UNAUTHENTICATED);
  expect([...device.timers.keys()]).toEqual(['handshake']);
  device.fire('handshake');
  expect(device.nowMs).toBe(1_020_000);
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'no access token in time' });
  expect([...device.timers.keys()]).toEqual(['reconnect']);
  device.do({ type: 'credentialsRefreshed' });
  device.online(new ModelServer());
  expect(device.engine.connection().status).toBe('online');
});

test('[CON-9] who signs out while a token is awaited waits no more', async () => {
  const device = await connected();
  device.lose(CloseCode.UNAUTHENTICATED);
  device.do({ type: 'signedOut' });
  expect([...device.timers.keys()]).toEqual([]);
});

test('[CON-6] offline tells how many attempts failed', async () => {
  const device = await connected();
  device.lose();
  expect(device.engine.connection()).toMatchObject({ status: 'offline', failures: 0 });
  for (const failures of [1, 2, 3]) {
    device.fire('reconnect');
    device.lose();
    expect(device.engine.connection()).toMatchObject({ status: 'offline', failures });
  }
});

test('[SYN-1] a server that stops in the middle of bringing a device up to date is left', async () => {
  const device = await welcomed(new ModelServer());
  device.fire('handshake');
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'not brought up to date in time' });
});
