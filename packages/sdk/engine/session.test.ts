import { CloseCode, type Command, conversationHash, type Push, type ServerFrame, totalDigest } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { connected } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame, replyFrame } from './testing/model-server.ts';

const ids = (entries: readonly { clientMessageId: string }[]) => entries.map(({ clientMessageId }) => clientMessageId);
const synced = (userSeq = 0): Push['body'] => ({ case: 'synced', value: { userSeq, serverTimeMs: 0 } });
const only = (commands: readonly Command[]) => {
  expect(commands).toHaveLength(1);
  return commands[0]?.body;
};

/** Opens the next connection and gives what Hello says of resuming. */
function hello(device: Device): { id: number; resume: unknown } {
  if (device.timers.has('reconnect')) device.fire('reconnect');
  device.open();
  const [command] = device.take();
  if (command?.body?.case !== 'hello') throw new Error('Hello comes first');
  return { id: command.id, resume: command.body.value.resume };
}

/** What a server says that goes on with the session: the pushes that are missing, and Synced. */
function goOn(server: ModelServer, id: number, ...missing: NonNullable<Push['body']>[]): ServerFrame[] {
  const [welcome] = server.answer({
    id,
    body: {
      case: 'hello',
      value: { protocolVersion: 1, features: [], accessToken: '', client: '', holdings: undefined, resume: undefined },
    },
  });
  if (welcome?.frame?.case === 'reply' && welcome.frame.value.body?.case === 'welcome') {
    welcome.frame.value.body.value.resumed = true;
  }
  return [
    ...(welcome ? [welcome] : []),
    ...missing.map(pushFrame),
    ...[synced()].flatMap((body) => (body ? [pushFrame(body)] : [])),
  ];
}

test('[CON-8] Hello names the session and how many pushes arrived, over all its connections', async () => {
  const server = new ModelServer();
  server.append(ben, 'm1');
  const device = new Device();
  await device.start();
  expect(hello(device)).toMatchObject({ resume: undefined });
  device.lose();
  device.online(server);
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm2') }));
  device.receive({ frame: { case: 'push', value: { body: undefined } } });
  device.take();
  device.lose();
  const first = hello(device);
  expect(first.resume).toEqual({ sessionId: 's', pushesReceived: 4 });
  const missed = server.append(ben, 'm3');
  device.receive(...goOn(server, first.id, { case: 'entry', value: missed }));
  expect(device.engine.connection().status).toBe('online');
  expect(ids(await device.stored())).toEqual(['m1', 'm2', 'm3']);
  const closing = { code: CloseCode.HEARTBEAT_TIMEOUT, reason: '', retryAfterMs: 0 };
  device.receive(pushFrame({ case: 'closing', value: closing }));
  expect(hello(device).resume).toEqual({ sessionId: 's', pushesReceived: 6 });
});

test('[CON-8] after a resumption nothing is compared; what had no answer is said again', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm1') }));
  expect(device.take()).toMatchObject([{ body: { case: 'advanceCursor', value: { deliveredSeq: 1 } } }]);
  server.append(ben, 'm2');
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm3') }));
  device.compose('mine');
  expect(device.take().map(({ body }) => body?.case)).toEqual(['fetchEntries', 'sendMessage']);
  device.lose();
  device.receive(...goOn(server, hello(device).id));
  const again = device.take();
  expect(again.map(({ body }) => body?.case)).toEqual(expect.arrayContaining(['fetchEntries', 'advanceCursor']));
  device.receive(...again.flatMap((command) => server.answer(command)));
  device.settle(server);
  expect(ids(await device.stored())).toEqual(['m1', 'm2', 'm3', 'mine']);
  expect(server.cursors.get(anna)).toMatchObject({ deliveredSeq: 3 });
});

test('[CON-8] the Synced of a resumption covers nothing: user events that did not come are fetched', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.lose();
  const frames = goOn(server, hello(device).id).slice(0, -1);
  device.receive(...frames, pushFrame({ case: 'synced', value: { userSeq: 4, serverTimeMs: 0 } }));
  expect(only(device.take())).toMatchObject({ case: 'fetchUserEvents', value: { afterSeq: 0 } });
});

test.each([
  ['the node went away', (device: Device) => device.lose(CloseCode.GOING_AWAY)],
  [
    'the token was refused',
    (device: Device) => {
      device.lose(CloseCode.UNAUTHENTICATED);
      device.do({ type: 'credentialsRefreshed' });
    },
  ],
  ['the program was restarted', (device: Device) => device.restart()],
])('[CON-8] there is nothing to resume when %s', async (_, end) => {
  const device = await connected(new ModelServer());
  await end(device);
  expect(hello(device).resume).toBeUndefined();
});

test('[CON-8] a session that was refused or never brought up to date is not offered again', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.lose();
  const { id, resume } = hello(device);
  expect(resume).toBeDefined();
  const frames = server.answer({
    id,
    body: {
      case: 'hello',
      value: { protocolVersion: 1, features: [], accessToken: '', client: '', holdings: undefined, resume: undefined },
    },
  });
  device.receive(...frames.slice(0, 1));
  device.lose();
  expect(hello(device).resume).toBeUndefined();
});

/** Fires the heartbeat and gives the ping. */
function ping(device: Device): { id: number; compare: boolean; userSeq: number; digest: number } {
  device.fire('heartbeat');
  const [command] = device.take();
  if (command?.body?.case !== 'ping') throw new Error('the heartbeat is a ping');
  return { id: command.id, ...command.body.value };
}
const pong = (device: Device, id: number, differs: boolean) =>
  device.receive(replyFrame(id, { case: 'pong', value: { serverTimeMs: 0, differs } }));

test('[SYN-22] the first ping after pushes have stopped compares, and then one a minute', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm1') }));
  device.take();
  const compared: boolean[] = [];
  const startMs = device.nowMs;
  while (device.nowMs < startMs + 200_000) {
    const { id, compare, digest } = ping(device);
    const held = { conversationHash: conversationHash(conversationId), seq: 1, cursorSum: 1 };
    expect(digest).toBe(compare ? totalDigest([held]) : 0);
    compared.push(compare);
    pong(device, id, false);
  }
  expect(compared).toEqual([true, false, true, false, true]);
});

test('[SYN-22] the last push of a burst, when it is lost, is found by the comparison', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'm1') }));
  device.settle(server);
  server.append(ben, 'lost on the way');
  const { id, compare } = ping(device);
  expect(compare).toBe(true);
  pong(device, id, true);
  const [command] = device.take();
  if (command?.body?.case !== 'synchronise') throw new Error('a difference is followed by Synchronise');
  const value = {
    holdings: command.body.value.holdings,
    protocolVersion: 1,
    features: [],
    accessToken: '',
    client: '',
    resume: undefined,
  };
  device.receive(...server.welcome(0, value).slice(1), replyFrame(command.id, { case: 'done', value: {} }));
  device.settle(server);
  expect(ids(await device.stored())).toEqual(['m1', 'lost on the way']);
  expect(device.engine.connection().status).toBe('online');
});

test('[SYN-22] while bringing up to date does not end the difference, it is compared ever more rarely', async () => {
  const device = await connected(new ModelServer());
  const comparedAtMs: number[] = [];
  while (comparedAtMs.length < 6) {
    const { id, compare } = ping(device);
    if (compare) comparedAtMs.push(device.nowMs);
    pong(device, id, compare);
    for (const command of device.take()) {
      expect(command.body?.case).toBe('synchronise');
      device.receive(pushFrame({ case: 'synced', value: { userSeq: 0, serverTimeMs: 0 } }));
      device.receive(replyFrame(command.id, { case: 'done', value: {} }));
    }
  }
  const pauses = comparedAtMs.slice(1).map((atMs, index) => atMs - (comparedAtMs[index] ?? 0));
  for (const [index, pauseMs] of pauses.entries()) expect(pauseMs).toBeGreaterThanOrEqual(60_000 * 2 ** index);
});

test('[SYN-22] a difference that was ended does not make the next comparison later', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  const comparedAtMs: number[] = [];
  while (comparedAtMs.length < 6) {
    const { id, compare } = ping(device);
    if (compare) comparedAtMs.push(device.nowMs);
    pong(device, id, compare);
    for (const command of device.take()) {
      if (command.body?.case !== 'synchronise') continue;
      device.receive(pushFrame({ case: 'entry', value: server.append(ben, `m${comparedAtMs.length}`) }));
      device.receive(pushFrame({ case: 'synced', value: { userSeq: 0, serverTimeMs: 0 } }));
      device.receive(replyFrame(command.id, { case: 'done', value: {} }));
    }
    device.take();
  }
  const pauses = comparedAtMs.slice(1).map((atMs, index) => atMs - (comparedAtMs[index] ?? 0));
  expect(Math.max(...pauses)).toBeLessThan(120_000);
});

test('[SYN-22] at most one Synchronise is under way, and a session lost in the middle of it is not resumed', async () => {
  const device = await connected(new ModelServer());
  for (let n = 0; n < 2; n++) ping(device);
  device.nowMs += 60_000;
  device.commands = [];
  device.receive(pushFrame({ case: 'synced', value: { userSeq: 0, serverTimeMs: 0 } }));
  device.lose();
  device.online(new ModelServer());
  device.nowMs += 60_000;
  const { id } = ping(device);
  pong(device, id, true);
  expect(only(device.take())).toMatchObject({ case: 'synchronise' });
  expect(ping(device)).toMatchObject({ compare: false });
  device.lose();
  expect(hello(device).resume).toBeUndefined();
});

test('[SYN-22] after a refused Synchronise the device says all it holds in a new Hello', async () => {
  const device = await connected(new ModelServer());
  device.nowMs += 60_000;
  pong(device, ping(device).id, true);
  const [command] = device.take();
  if (command?.body?.case !== 'synchronise') throw new Error('a difference is followed by Synchronise');
  device.receive(...new ModelServer().refuse(command, 300));
  expect(device.engine.connection().status).toBe('offline');
  expect(hello(device).resume).toBeUndefined();
});

test('[SYN-9] wanted buckets are answered while the session begins', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.lose();
  const { id } = hello(device);
  device.receive(...goOn(server, id).slice(0, 1), pushFrame({ case: 'positionsWanted', value: { buckets: [0] } }));
  expect(only(device.take())).toMatchObject({ case: 'statePositions', value: { positions: [] } });
});

test('[SYN-9] a server that does not take the positions is left and asked again', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.receive(pushFrame({ case: 'positionsWanted', value: { buckets: [0] } }));
  const [command] = device.take();
  if (command) device.receive(...server.refuse(command, 300));
  expect(device.engine.connection()).toMatchObject({ status: 'offline', reason: 'the positions were not taken' });
});
