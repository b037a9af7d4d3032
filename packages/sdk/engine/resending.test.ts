import { type Command, ErrorCode } from '@hongyan/protocol';
import { expect, test } from 'vitest';
import { connected } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { conversationId, ModelServer, pushFrame } from './testing/model-server.ts';

const shown = (device: Device) => device.engine.outbox().map(({ clientMessageId, state }) => [clientMessageId, state]);
const queued = { name: 'queued' };
const failed = (reason: string) => ({ name: 'failed', reason });

/** A device that has just sent its first message, m1. */
async function sending(): Promise<{ server: ModelServer; device: Device }> {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  return { server, device };
}

/** The message that is under way; there is exactly one. */
function underWay(device: Device): Command {
  const [command, ...more] = device.takeSends();
  if (!command || more.length > 0) throw new Error(`${command ? 'more than one' : 'no'} message is under way`);
  return command;
}

/** Comes back from a lost connection without answering what the outbox sends then. */
function reconnect(device: Device, server: ModelServer): void {
  if (device.timers.has('reconnect')) device.fire('reconnect');
  device.open();
  const isSend = ({ body }: Command) => body?.case === 'sendMessage';
  for (const command of device.take().filter((command) => !isSend(command))) device.receive(...server.answer(command));
}

function endPause(device: Device): void {
  if (device.timers.has('resend')) device.fire('resend');
}

/** The message that is under way is refused for now, and its pause goes by. */
function refuse(device: Device, server: ModelServer): void {
  device.receive(...server.refuse(underWay(device), ErrorCode.OVERLOADED));
  endPause(device);
}

/** The message that is under way is refused for now, until there is no time left for another try. */
function refuseForTooLong(device: Device, server: ModelServer): void {
  device.receive(...server.refuse(underWay(device), ErrorCode.OVERLOADED, 200_000));
}

/** The message that is under way is refused for good, although the log has it. */
function refuseWronglyForGood(device: Device, server: ModelServer): void {
  const command = underWay(device);
  server.answer(command);
  device.receive(...server.refuse(command, ErrorCode.FORBIDDEN));
  expect(shown(device)).toEqual([['m1', failed('FORBIDDEN')]]);
}

/** The connection is lost with the message under way. */
function loseInTheMiddle(device: Device): void {
  endPause(device);
  underWay(device);
  device.lose();
}

test('[OUT-5] refused with *later* five times it is failed with the code; the pauses grow', async () => {
  const { server, device } = await sending();
  const pausesMs: number[] = [];
  for (let number = 1; number <= 4; number++) {
    const beforeMs = device.nowMs;
    refuse(device, server);
    pausesMs.push(device.nowMs - beforeMs);
    expect(shown(device)).toEqual([['m1', { name: 'sending' }]]);
  }
  expect(pausesMs).toEqual([...pausesMs].sort((a, b) => a - b));
  expect(new Set(pausesMs).size).toBe(4);
  refuse(device, server);
  expect(shown(device)).toEqual([['m1', failed('OVERLOADED')]]);
  expect(device.takeSends()).toEqual([]);
});

test('[OUT-5] a connection that is lost with the message under way is a try; the fifth fails it without an answer', async () => {
  const { server, device } = await sending();
  for (let number = 1; number <= 5; number++) {
    loseInTheMiddle(device);
    if (number < 5) reconnect(device, server);
  }
  expect(shown(device)).toEqual([['m1', failed('no-answer')]]);
});

test('[OUT-5] no try begins later than three minutes after the first', async () => {
  const { server, device } = await sending();
  refuseForTooLong(device, server);
  expect(shown(device)).toEqual([['m1', failed('OVERLOADED')]]);
});

test('[OUT-5] what was written in a tunnel waits however long it takes, and costs no try', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.lose();
  device.compose('m1');
  for (let attempt = 0; attempt < 50; attempt++) {
    device.nowMs += 3_600_000;
    device.fire('reconnect');
    device.lose();
  }
  expect(shown(device)).toEqual([['m1', queued]]);
  device.online(server);
  expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(['m1']);
});

test('[OUT-5] hours without a connection between two tries do not count', async () => {
  const { server, device } = await sending();
  loseInTheMiddle(device);
  device.nowMs += 36_000_000;
  reconnect(device, server);
  loseInTheMiddle(device);
  expect(shown(device)).toEqual([['m1', queued]]);
});

test('[OUT-6] what the person tries again is sent at once, unless the server asked for a pause', async () => {
  const { server, device } = await sending();
  for (let number = 1; number <= 5; number++) {
    loseInTheMiddle(device);
    reconnect(device, server);
  }
  device.compose('m2');
  expect(underWay(device)).toMatchObject({ body: { value: { clientMessageId: 'm2' } } });
  device.lose();
  reconnect(device, server);
  device.do({ type: 'messageDiscarded', clientMessageId: 'm2' });
  device.do({ type: 'messageRetried', clientMessageId: 'm1' });
  refuseForTooLong(device, server);
  expect(shown(device)).toEqual([['m1', failed('OVERLOADED')]]);
  device.do({ type: 'messageRetried', clientMessageId: 'm1' });
  expect(device.takeSends()).toEqual([]);
});

test('[OUT-5] a restart counts anew', async () => {
  const { server, device } = await sending();
  for (let number = 1; number <= 4; number++) refuse(device, server);
  await device.restart();
  reconnect(device, server);
  for (let number = 1; number <= 4; number++) refuse(device, server);
  expect(shown(device)).toEqual([['m1', { name: 'sending' }]]);
});

test('[OUT-2, OUT-5] while one pauses nothing behind it is sent; when it has failed the next one is', async () => {
  const { server, device } = await sending();
  device.compose('m2');
  for (let number = 1; number <= 5; number++) {
    const command = underWay(device);
    expect(command).toMatchObject({ body: { value: { clientMessageId: 'm1' } } });
    device.receive(...server.refuse(command, ErrorCode.UNAVAILABLE));
    expect(device.takeSends()).toEqual([]);
    device.fire('resend');
  }
  device.settle(server);
  expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(['m2']);
  expect(shown(device)).toEqual([['m1', failed('UNAVAILABLE')]]);
});

test('[OUT-3, OUT-6] a failed message whose entry turns up in the log counts as sent', async () => {
  const { server, device } = await sending();
  refuseWronglyForGood(device, server);
  device.receive(...server.log.map((value) => pushFrame({ case: 'entry', value })));
  expect(shown(device)).toEqual([]);
  expect(device.notices.filter(({ type }) => type === 'sent')).toMatchObject([{ clientMessageId: 'm1', seq: 1 }]);
});

test('[OUT-6] what is tried again takes the time of now, unless an earlier try is in the log: then the log’s', async () => {
  const { server, device } = await sending();
  refuseWronglyForGood(device, server);
  const before = device.engine.outbox()[0]?.clientTimeMs ?? 0;
  device.nowMs += 60_000;
  device.do({ type: 'messageRetried', clientMessageId: 'm1' });
  expect(device.engine.outbox()[0]?.clientTimeMs).toBe(before + 60_000);
  device.settle(server);
  expect(shown(device)).toEqual([]);
  expect(await device.stored()).toEqual(server.log);
  expect(server.log).toHaveLength(1);
});

test('[OUT-7] one that does not lead sends nothing until it does, and what was under way is not a try of it', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.do({ type: 'outboxLeadership', leads: false });
  device.compose('m1');
  expect(device.takeSends()).toEqual([]);
  expect(shown(device)).toEqual([['m1', queued]]);
  device.do({ type: 'outboxLeadership', leads: true });
  expect(device.takeSends()).toHaveLength(1);
  device.do({ type: 'outboxLeadership', leads: false });
  expect(shown(device)).toEqual([['m1', queued]]);
});

test('[OUT-7] what another client composes, fails, tries again and discards in the store is so here', async () => {
  const device = new Device();
  await device.start();
  const record = {
    clientMessageId: 'x',
    conversationId,
    clientTimeMs: 1,
    body: new Uint8Array([1]),
    failure: undefined,
  };
  const stored = (next: object) => device.do({ type: 'outboxStored', records: [{ ...record, position: 1, ...next }] });
  stored({});
  expect(shown(device)).toEqual([['x', queued]]);
  stored({ failure: 'no-answer' });
  expect(shown(device)).toEqual([['x', failed('no-answer')]]);
  // What was read before it failed and comes late.
  stored({});
  expect(shown(device)).toEqual([['x', failed('no-answer')]]);
  device.compose('own');
  stored({ position: 3 });
  expect(shown(device)).toEqual([
    ['own', queued],
    ['x', queued],
  ]);
  device.do({ type: 'outboxShared', change: { type: 'discarded', clientMessageId: 'x' } });
  expect(shown(device)).toEqual([['own', queued]]);
});

test('[OUT-7] what another client was answered is shown as sent, and leaves when its entry comes', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.do({ type: 'outboxLeadership', leads: false });
  device.compose('m1');
  const entry = server.append('u0000000000000000', 'm1');
  const { seq, serverTimeMs, clientMessageId } = entry;
  device.do({ type: 'outboxShared', change: { type: 'accepted', conversationId, clientMessageId, seq, serverTimeMs } });
  expect(shown(device)).toEqual([['m1', { name: 'sent' }]]);
  device.settle(server);
  expect(shown(device)).toEqual([]);
  expect(await device.stored()).toEqual([entry]);
  // The store's outbox as it was read before the entry was there.
  const late = { clientMessageId, conversationId, clientTimeMs: 1, body: entry.body, failure: undefined, position: 1 };
  device.do({ type: 'outboxStored', records: [late] });
  expect(shown(device)).toEqual([]);
});
