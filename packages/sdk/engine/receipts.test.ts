import type { Cursor } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mergeCursor } from './cursors.ts';
import { changing } from './testing/changing.ts';
import { connected } from './testing/connected.ts';
import type { Device } from './testing/device.ts';
import { anna, ben, conversationId, ModelServer, pushFrame } from './testing/model-server.ts';

const push = (server: ModelServer, id: string, sender = ben) =>
  pushFrame({ case: 'entry', value: server.append(sender, id) });
const statements = (device: Device) =>
  device.take().flatMap(({ id, body }) => (body?.case === 'advanceCursor' ? [{ id, ...body.value }] : []));

test('[RCP-1] delivered is stated when the store has the entries, once for all that came together', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.storesAtOnce = false;
  device.receive(push(server, 'm1'), push(server, 'm2'), push(server, 'm3'));
  expect(statements(device)).toEqual([]);
  device.finishStoring();
  expect(statements(device)).toEqual([{ id: 0, conversationId, deliveredSeq: 3, readSeq: 0 }]);
});

test('[RCP-1] nothing is stated for what one sent oneself', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.receive(push(server, 'm1', anna));
  expect(statements(device)).toEqual([]);
});

test('[RCP-2] the read position moves when the conversation is opened, not when entries come', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.receive(push(server, 'm1'), push(server, 'm2'));
  device.take();
  expect(device.engine.conversations()[0]?.unreadCount).toBe(2);
  device.do({ type: 'conversationRead', conversationId });
  expect(statements(device)).toEqual([{ id: 0, conversationId, deliveredSeq: 2, readSeq: 2 }]);
  expect(device.engine.conversations()[0]?.unreadCount).toBe(0);
  device.do({ type: 'conversationRead', conversationId });
  expect(statements(device)).toEqual([]);
});

test('[RCP-2] what was read offline is said in the next Hello, after a restart too', async () => {
  const server = new ModelServer();
  server.append(ben, 'm1');
  const device = await connected(server);
  device.lose();
  device.do({ type: 'conversationRead', conversationId });
  await device.restart();
  device.open();
  expect(device.take()[0]?.body?.value).toMatchObject({ holdings: { positions: [{ seq: 1, readSeq: 1 }] } });
});

test('[RCP-2] read on another device counts here', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.receive(push(server, 'm1'));
  const value = { conversationId, userId: anna, deliveredSeq: 1, readSeq: 1 };
  device.receive(pushFrame({ case: 'receipt', value }));
  expect(device.engine.conversations()[0]?.unreadCount).toBe(0);
});

test('[RCP-3] cursors merge by max in any order, and delivered is at least read', () => {
  const cursor = fc.record({ userId: fc.constant(ben), deliveredSeq: fc.nat(50), readSeq: fc.nat(50) });
  fc.assert(
    fc.property(fc.array(cursor, { minLength: 1 }), (cursors) => {
      const merge = (all: Cursor[]) =>
        all.reduce<Cursor | undefined>((known, next) => mergeCursor(known, next), undefined);
      const readSeq = Math.max(...cursors.map((one) => one.readSeq));
      const deliveredSeq = Math.max(readSeq, ...cursors.map((one) => one.deliveredSeq));
      const expected = { userId: ben, deliveredSeq, readSeq };
      expect(merge(cursors)).toEqual(expected);
      expect(merge([...cursors, ...cursors].reverse())).toEqual(expected);
    }),
  );
});

test('[RCP-3] a late receipt takes nothing back from what the sender sees', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.compose('m1');
  device.settle(server);
  const state = () => device.engine.messageState({ conversationId, clientMessageId: 'm1', seq: 1 })?.name;
  const receipt = (deliveredSeq: number, readSeq: number) =>
    device.receive(pushFrame({ case: 'receipt', value: { conversationId, userId: ben, deliveredSeq, readSeq } }));
  expect(state()).toBe('sent');
  receipt(1, 0);
  expect(state()).toBe('delivered');
  receipt(1, 1);
  receipt(1, 0);
  expect(state()).toBe('read');
});

test('[RCP-5] unread is the number of entries by others after one’s own read position', async () => {
  const step = fc.oneof(
    fc.constantFrom('theirs', 'mine', 'read here', 'load older', 'reconnect', 'restart'),
    fc.nat(30).map((readSeq) => ({ readSeq })),
  );
  await fc.assert(
    fc.asyncProperty(fc.nat(12), fc.array(step, { maxLength: 40 }), async (history, steps) => {
      const server = new ModelServer();
      for (let n = 0; n < history; n++) server.append(n % 4 === 0 ? anna : ben, `h${n}`);
      const device = await connected(server);
      for (const [index, what] of steps.entries()) {
        if (what === 'theirs' || what === 'mine')
          device.receive(push(server, `m${index}`, what === 'mine' ? anna : ben));
        else if (what === 'read here') device.do({ type: 'conversationRead', conversationId });
        else if (what === 'load older') {
          device.do({ type: 'timelineOpened', conversationId });
          await device.read();
          device.do({ type: 'olderRequested', conversationId, count: 2, requestId: index });
          device.settle(server);
          await device.read();
        } else if (what === 'restart') await device.restart();
        else if (what === 'reconnect') device.lose();
        else {
          server.advance(anna, { deliveredSeq: 0, readSeq: what.readSeq });
          const { readSeq, deliveredSeq } = server.state().cursors.find(({ userId }) => userId === anna) ?? {
            readSeq: 0,
            deliveredSeq: 0,
          };
          device.receive(
            pushFrame({ case: 'receipt', value: { conversationId, userId: anna, deliveredSeq, readSeq } }),
          );
        }
        if (what === 'restart' || what === 'reconnect') device.online(server);
        device.settle(server);
        expect(device.engine.conversations()[0]?.unreadCount ?? 0).toBe(server.state().unreadCount);
      }
    }),
    { numRuns: 80 },
  );
});

test('[RCP-6] a server that lost cursors finds them in Hello', async () => {
  const server = new ModelServer();
  server.append(ben, 'm1');
  const device = await connected(server);
  device.do({ type: 'conversationRead', conversationId });
  device.settle(server);
  server.cursors.set(anna, { userId: anna, deliveredSeq: 0, readSeq: 0 });
  device.lose();
  device.online(server);
  expect(server.cursors.get(anna)).toEqual({ userId: anna, deliveredSeq: 1, readSeq: 1 });
});

test('[RCP-1] reading what is not stored yet is stated when it is', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  device.storesAtOnce = false;
  device.receive(push(server, 'm1'));
  device.do({ type: 'conversationRead', conversationId });
  expect(device.engine.conversations()[0]?.unreadCount).toBe(0);
  expect(statements(device)).toEqual([]);
  device.finishStoring();
  expect(statements(device)).toEqual([{ id: 0, conversationId, deliveredSeq: 1, readSeq: 1 }]);
});

test('[RCP-9] an announcement is no unread message, and yet it is said that it was read', async () => {
  const server = new ModelServer();
  const device = await connected(server);
  const announced = changing(server).conversation(ben, { case: 'announcement', value: 'south at dawn' });
  device.receive(pushFrame({ case: 'entry', value: announced }));
  device.take();
  expect(device.engine.conversations()[0]?.unreadCount).toBe(0);
  device.do({ type: 'conversationRead', conversationId });
  expect(statements(device)).toMatchObject([{ readSeq: announced.seq }]);
  device.do({ type: 'conversationRead', conversationId });
  expect(statements(device)).toEqual([]);
});
