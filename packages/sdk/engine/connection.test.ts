import { CloseCode } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advisedDelayMs, growingDelayMs, promptDelayMs } from './backoff.ts';
import { afterRoundTrip, isWeak, UNKNOWN_QUALITY } from './network-quality.ts';
import { connected, welcomed } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { ben, conversationId, ModelServer, pushFrame, textBody } from './testing/model-server.ts';

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
  expect(device.engine.connection()).toEqual({ status: 'online', quality: 'good' });
});

test('[SES-1] a handshake that takes too long is given up', async () => {
  const device = new Device();
  await device.start();
  device.open();
  expect(device.take()).toMatchObject([{ body: { case: 'hello', value: { accessToken: 'access' } } }]);
  device.fire('handshake');
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'no Welcome in time' });
});

test('[SES-5, CON-4] a command that stays without an answer ends the connection, also one on which others are answered', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  device.take();
  for (let n = 0; device.engine.connection().status === 'online' && n < 10; n++) {
    device.fire('command');
    device.receive(...device.take().flatMap((command) => server.answer(command)));
  }
  expect(device.nowMs).toBe(1_030_000 + textBody('m1').length);
  expect(device.engine.connection()).toMatchObject({ status: 'offline' });
  expect(device.engine.outbox()).toMatchObject([{ state: { name: 'queued' } }]);
});

test('[CON-5] the network coming back cuts the pause short, a change of network probes the connection', async () => {
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
    return delayMs(device);
  };
  expect([comeBackAndLose(), comeBackAndLose()]).toEqual([500, 1_000]);
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
    expect(delayMs(device)).toBe(500);
    device.open();
    expect(device.take()).toEqual([]);
    device.fire('reconnect');
    expect(device.connectionId).toBe(first + 1);
    expect(device.engine.connection()).toEqual({ status: 'connecting', attempt: 1 });
    device.online(new ModelServer());
    expect(device.engine.connection().status).toBe('online');
  },
);

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

test('[CON-4] a path that became silent is probed after 8 s and given up 5 s later', async () => {
  const device = await connected();
  device.compose('m1');
  expect(device.take()).toHaveLength(1);
  device.fire('command');
  expect(device.nowMs).toBe(1_008_000 + textBody('m1').length);
  expect(device.take()).toMatchObject([{ body: { case: 'ping' } }]);
  device.fire('silence');
  expect(device.nowMs).toBe(1_013_000 + textBody('m1').length);
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'a probe was not answered' });
});

test('[CON-4] a probe in vain doubles the patience with the next connection; one that is heard ends at that', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  device.fire('command');
  device.fire('silence');
  device.fire('reconnect');
  device.open();
  device.receive(...device.take().flatMap((command) => server.answer(command)));
  device.fire('resend');
  const sentAtMs = device.nowMs;
  expect(device.take()).toMatchObject([{ body: { case: 'sendMessage' } }]);
  device.fire('command');
  expect(device.nowMs - sentAtMs).toBe(16_000 + textBody('m1').length);
  device.settle(server);
  expect((device.timers.get('silence') ?? 0) - device.nowMs).toBeGreaterThan(20_000);
});

test('[CON-3, CON-4] after a path that vanished in traffic the heartbeat is short for five minutes', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  device.fire('command');
  device.fire('silence');
  device.online(server);
  const announced = () => {
    device.fire('heartbeat');
    if (device.commands.length === 0) device.fire('heartbeat');
    const pings = device.take();
    device.receive(...pings.flatMap((command) => server.answer(command)));
    return pings.flatMap(({ body }) => (body?.case === 'ping' ? [body.value.nextWithinMs] : []))[0];
  };
  const untilMs = device.nowMs + 280_000;
  while (device.nowMs < untilMs) expect(announced()).toBe(11_000);
  for (let n = 0; n < 8; n++) announced();
  expect(announced()).toBeGreaterThan(20_000);
});

test('[CON-4] a large message has the time that a slow way up takes', async () => {
  const device = await connected();
  const body = textBody('x'.repeat(50_000));
  device.do({ type: 'messageComposed', conversationId, clientMessageId: 'm1', body });
  device.fire('command');
  expect(device.nowMs).toBe(1_008_000 + body.length);
});

test('[CON-3] the heartbeat grows while the path is quiet and holds, and announces it', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  const announced: number[] = [];
  const beat = () => {
    device.fire('heartbeat');
    const [ping] = device.take();
    if (ping?.body?.case === 'ping') announced.push(ping.body.value.nextWithinMs);
    if (ping) device.receive(...server.answer(ping));
    expect((device.timers.get('heartbeat') ?? 0) - device.nowMs).toBeLessThanOrEqual(announced.at(-1) ?? 0);
  };
  for (let n = 0; n < 9; n++) beat();
  expect(announced).toEqual([27_500, 41_250, 61_875, 92_813, 139_219, 208_828, 270_000, 270_000, 270_000]);
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm1') }));
  device.take();
  beat();
  expect(announced.at(-1)).toBe(270_000);
});

test('[CON-3] a connection lost in its quietness makes the next one shorter, one lost in traffic does not', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  for (let n = 0; n < 3; n++) {
    device.fire('heartbeat');
    device.settle(server);
  }
  device.fire('heartbeat');
  device.fire('command');
  device.fire('silence');
  const announced = () => {
    device.online(server);
    device.fire('heartbeat');
    const pings = device.take().flatMap(({ body }) => (body?.case === 'ping' ? [body.value.nextWithinMs] : []));
    return pings[0];
  };
  const failedMs = 25_000 * 1.5 ** 3;
  expect(announced()).toBe(Math.round((failedMs / 2) * 1.1));
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm1') }));
  device.lose();
  expect(announced()).toBe(Math.round((failedMs / 2) * 1.1));
  device.do({ type: 'networkChanged', online: true });
  device.lose();
  expect(announced()).toBe(27_500);
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

test('[CON-6] a network that needs a probe or a second try is weak, and good again half a minute later', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  const quality = () => device.engine.connection();
  device.compose('m1');
  device.fire('command');
  expect(quality()).toEqual({ status: 'online', quality: 'weak' });
  device.settle(server);
  device.nowMs += 30_000;
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm2') }));
  expect(quality()).toEqual({ status: 'online', quality: 'good' });
  device.settle(server);
  device.compose('m3');
  device.lose();
  device.online(server);
  expect(quality()).toEqual({ status: 'online', quality: 'weak' });
});

test('[CON-6] a network with slow answers is weak', () => {
  const after = (rtts: readonly number[]) => rtts.reduce(afterRoundTrip, UNKNOWN_QUALITY);
  expect(isWeak(after([]), 0)).toBe(false);
  expect(isWeak(after([200, 3_000]), 0)).toBe(false);
  expect(isWeak(after([200, 3_000, 3_000, 3_000]), 0)).toBe(true);
  expect(isWeak(after([3_000, ...Array<number>(8).fill(300)]), 0)).toBe(false);
});

test('[SYN-1] a server that stops in the middle of bringing a device up to date is left', async () => {
  const device = await welcomed(new ModelServer());
  device.fire('handshake');
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'not brought up to date in time' });
});
