import { ErrorCode } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outbox } from './outbox.ts';
import { connected } from './testing/connected.ts';
import { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';

const shown = (device: Device) =>
  device.engine.outbox().map(({ clientMessageId, state }) => [clientMessageId, state.name]);

test('[OUT-1] a message keeps its id over a reconnect and a restart', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  const [first] = device.takeSends();
  if (first) server.answer(first);
  device.lose();
  await device.restart();
  expect(shown(device)).toEqual([['m1', 'queued']]);
  device.online(server);
  expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(['m1']);
  expect(shown(device)).toEqual([]);
});

test('[OUT-2] messages arrive in the order of writing, each once, whatever fails on the way', async () => {
  const mishap = fc.constantFrom('none', 'later', 'answer lost', 'command lost', 'restart', 'compose', 'push back');
  await fc.assert(
    fc.asyncProperty(fc.array(mishap, { maxLength: 60 }), async (mishaps) => {
      const server = new ModelServer();
      const device = await connected(server);
      let composed = 0;
      const compose = () => {
        composed += 1;
        device.compose(`m${composed}`);
      };
      compose();
      compose();
      for (const what of mishaps) {
        const commands = device.take();
        switch (what) {
          case 'none':
            device.receive(...commands.flatMap((command) => server.answer(command)));
            break;
          case 'later':
            // Only the first: had a second one been sent behind it, it would overtake.
            for (const command of commands) {
              const isFirst = command === commands.find(({ body }) => body?.case === 'sendMessage');
              device.receive(...(isFirst ? server.refuse(command, ErrorCode.UNAVAILABLE) : server.answer(command)));
            }
            break;
          case 'answer lost':
            for (const command of commands) server.answer(command);
            device.lose();
            device.online(server);
            break;
          case 'command lost':
            device.lose();
            device.online(server);
            break;
          case 'restart':
            await device.restart();
            device.online(server);
            break;
          case 'compose':
            device.receive(...commands.flatMap((command) => server.answer(command)));
            compose();
            break;
          case 'push back':
            device.receive(...commands.flatMap((command) => server.answer(command)));
            device.receive(...server.log.slice(-1).map((value) => pushFrame({ case: 'entry', value })));
        }
        if (device.timers.has('resend') && what !== 'later') device.fire('resend');
      }
      device.lose();
      device.online(server);
      const expected = Array.from({ length: composed }, (_, index) => `m${index + 1}`);
      expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(expected);
      expect((await device.stored()).map(({ clientMessageId }) => clientMessageId)).toEqual(expected);
      expect(shown(device)).toEqual([]);
      expect((await device.store.load())?.outbox).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

test('[OUT-2] while one is under way or refused with *later*, the next of its conversation waits', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  device.compose('m2');
  for (const command of device.takeSends()) device.receive(...server.refuse(command, ErrorCode.UNAVAILABLE));
  expect(shown(device)).toEqual([
    ['m1', 'queued'],
    ['m2', 'queued'],
  ]);
  expect(device.takeSends()).toEqual([]);
  device.fire('resend');
  expect(shown(device)).toEqual([
    ['m1', 'sending'],
    ['m2', 'queued'],
  ]);
  expect(device.takeSends()).toMatchObject([{ body: { value: { clientMessageId: 'm1' } } }]);
});

test('[OUT-2, OUT-4] one that failed holds back nothing, over a restart too', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  device.compose('m2');
  device.compose('m3');
  for (const command of device.takeSends()) device.receive(...server.refuse(command, ErrorCode.FORBIDDEN));
  expect(shown(device)).toEqual([
    ['m1', 'failed'],
    ['m2', 'sending'],
    ['m3', 'queued'],
  ]);
  await device.restart();
  device.online(server);
  expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(['m2', 'm3']);
  expect(shown(device)).toEqual([['m1', 'failed']]);
});

test('[OUT-1, OUT-2] a failed message that is tried again is sent last, under its id, over a restart too', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  for (const command of device.takeSends()) device.receive(...server.refuse(command, ErrorCode.FORBIDDEN));
  device.lose();
  device.compose('m2');
  device.do({ type: 'messageRetried', clientMessageId: 'm1' });
  device.compose('m3');
  const waiting = [
    ['m2', 'queued'],
    ['m1', 'queued'],
    ['m3', 'queued'],
  ];
  expect(shown(device)).toEqual(waiting);
  await device.restart();
  expect(shown(device)).toEqual(waiting);
  device.online(server);
  expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(['m2', 'm1', 'm3']);
  expect(shown(device)).toEqual([]);
});

test('[OUT-2, OUT-7] two tabs that wrote at the same time show and send in the same order', () => {
  const tabs = [new Outbox([]), new Outbox([])] as const;
  const write = (tab: Outbox, clientMessageId: string, clientTimeMs: number) =>
    tab.compose({ clientMessageId, conversationId, clientTimeMs, body: new Uint8Array() });
  const written = [
    [write(tabs[0], 'c', 1), write(tabs[0], 'a', 4)],
    [write(tabs[1], 'b', 1), write(tabs[1], 'd', 3)],
  ] as const;
  tabs[0].merge(written[1]);
  for (const record of written[0]) tabs[1].merge([record]);
  const stored = new Outbox([...written[1], ...written[0]]);
  const orders = [...tabs, stored].map((outbox) =>
    outbox.of(conversationId).map(({ record }) => record.clientMessageId),
  );
  expect(orders).toEqual([
    ['b', 'c', 'd', 'a'],
    ['b', 'c', 'd', 'a'],
    ['b', 'c', 'd', 'a'],
  ]);
});

test('[OUT-3] MessageSent settles it without waiting for a push, and its entry is in the log', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  device.settle(server);
  expect(shown(device)).toEqual([]);
  expect(await device.stored()).toMatchObject([{ seq: 1, senderId: anna, clientMessageId: 'm1' }]);
  expect(device.notices.filter(({ type }) => type === 'message')).toEqual([]);
});

test('[OUT-3] behind a gap it is shown as sent, and leaves when the gap is filled', async () => {
  const server = new ModelServer();
  server.append(ben, 'b1');
  const device = await connected(server);
  server.append(ben, 'b2');
  device.compose('m1');
  device.receive(...device.takeSends().flatMap((command) => server.answer(command)));
  expect(shown(device)).toEqual([['m1', 'sent']]);
  device.settle(server);
  expect(shown(device)).toEqual([]);
  expect((await device.stored()).map(({ clientMessageId }) => clientMessageId)).toEqual(['b1', 'b2', 'm1']);
});

test('[OUT-3] its own entry in the log settles it when the answer was lost', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  for (const command of device.takeSends()) server.answer(command);
  device.receive(...server.log.map((value) => pushFrame({ case: 'entry', value })));
  expect(shown(device)).toEqual([]);
  expect(device.notices.filter(({ type }) => type === 'sent')).toMatchObject([{ clientMessageId: 'm1', seq: 1 }]);
});

test('[OUT-4] *later* keeps it queued until its pause is over; any other code fails it with the reason, over a restart too', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  for (const command of device.takeSends()) device.receive(...server.refuse(command, ErrorCode.OVERLOADED));
  expect(shown(device)).toEqual([['m1', 'queued']]);
  expect(device.takeSends()).toEqual([]);
  device.fire('resend');
  for (const command of device.takeSends()) device.receive(...server.refuse(command, ErrorCode.NOT_FOUND));
  expect(device.engine.outbox()).toMatchObject([{ state: { name: 'failed', reason: 'NOT_FOUND' } }]);
  await device.restart();
  device.online(server);
  expect(server.log).toEqual([]);
  device.do({ type: 'messageRetried', clientMessageId: 'm1' });
  device.settle(server);
  expect(server.log).toMatchObject([{ clientMessageId: 'm1' }]);
});

test('[OUT-4] a body beyond the limits fails on the device: what follows is sent', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  const body = new Uint8Array(65_537);
  device.lose();
  device.do({ type: 'messageComposed', conversationId, clientMessageId: 'm1', body });
  device.compose('m2');
  device.online(server);
  expect(device.engine.outbox()).toMatchObject([{ state: { name: 'failed', reason: 'LIMIT_EXCEEDED' } }]);
  expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(['m2']);
});

test('[OUT-11] a message is kept when it is written, whatever the store is busy with', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.storesAtOnce = false;
  device.receive(pushFrame({ case: 'entry', value: server.append(ben, 'b1') }));
  expect(device.batches).toHaveLength(1);
  device.compose('m1');
  device.compose('m2');
  expect(device.batches).toHaveLength(1);
  expect((await device.store.outbox()).map(({ clientMessageId }) => clientMessageId)).toEqual(['m1', 'm2']);
  await device.restart();
  expect(shown(device)).toEqual([
    ['m1', 'queued'],
    ['m2', 'queued'],
  ]);
});

test('[OUT-2, OUT-11] a message is never kept ahead of one written before it, also when that one’s write failed', async () => {
  const device = await connected(new ModelServer());
  device.storesAtOnce = false;
  device.compose('m1');
  const [failed] = device.batches;
  device.do({ type: 'persistFailed', batchId: failed?.batchId ?? 0, reason: 'the database was closed' });
  device.compose('m2');
  expect((await device.store.outbox()).map(({ clientMessageId }) => clientMessageId)).toEqual(['m1', 'm2']);
});

test('[OUT-11] of messages that wait for the store a bounded number is written ahead', async () => {
  const device = await connected(new ModelServer());
  device.storesAtOnce = false;
  for (let count = 1; count <= 100; count++) device.compose(`m${count}`);
  expect(await device.store.outbox()).toHaveLength(64);
  device.finishStoring();
  device.finishStoring();
  expect(await device.store.outbox()).toHaveLength(100);
});

test('[OUT-11] one written while the store is idle is a batch of its own, with nothing that has to be read first', async () => {
  const device = await connected(new ModelServer());
  device.receive(pushFrame({ case: 'userEvent', value: { seq: 1, timeMs: 1, event: undefined } }));
  expect((await device.store.load())?.userSeq).toBe(1);
  device.storesAtOnce = false;
  device.compose('m1');
  expect(device.batches).toMatchObject([
    { batch: { outboxPut: [{ clientMessageId: 'm1' }], entries: [], conversations: [], records: [], userSeq: 0 } },
  ]);
});

test('[OUT-9] a message names who wrote it; what another account wrote is neither shown nor sent, in whichever way it comes', async () => {
  const server = new ModelServer();
  const device = new Device();
  await device.start();
  const theirs = { clientMessageId: 'theirs', senderId: ben, conversationId, position: 1, clientTimeMs: 1 };
  const foreign = { ...theirs, body: new Uint8Array(1), failure: undefined };
  device.compose('mine');
  expect(await device.store.outbox()).toMatchObject([{ clientMessageId: 'mine', senderId: anna }]);
  const { senderId: _, ...old } = { ...foreign, clientMessageId: 'old' };
  device.do({ type: 'outboxStored', records: [foreign, old] });
  expect(shown(device).map(([id]) => id)).toEqual(['mine', 'old']);
  const account = { userId: anna, deviceId: 'd0000000000000000' };
  const snapshot = { userSeq: 0, conversations: [], records: [], outbox: [foreign, old] };
  device.do({ type: 'signedIn', account, snapshot });
  expect(shown(device).map(([id]) => id)).toEqual(['old']);
  device.open();
  device.settle(server);
  expect(server.log.map(({ clientMessageId }) => clientMessageId)).toEqual(['old']);
});
