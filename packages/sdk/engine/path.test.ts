import { expect, test } from 'vitest';
import { connected } from './testing/connected.ts';
import { ben, conversationId, ModelServer, pushFrame, textBody } from './testing/model-server.ts';

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
