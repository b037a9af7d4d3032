import { DEFAULT_LIMITS, ErrorCode, type RecordKey, recordKey } from '@hongyan/protocol';
import { beforeEach, describe, expect, test } from 'vitest';
import { Device } from './testing/device.ts';
import { conversationId, pushFrame, replyFrame } from './testing/model-server.ts';
import { RecordServer } from './testing/record-server.ts';

const setting = (name: string): RecordKey => ({ kind: 'setting', name });
const a = setting('a');
const draft: RecordKey = { kind: 'draft', conversationId };
const bytes = (...values: number[]) => Uint8Array.from(values);

let server: RecordServer;
let device: Device;

beforeEach(async () => {
  server = new RecordServer();
  device = new Device();
  await device.start();
});

const set = (key: RecordKey, ...value: number[]) => device.do({ type: 'recordSet', key, value: bytes(...value) });
const shown = (key: RecordKey, on = device) => {
  const value = on.engine.record(key);
  return value && [...value];
};
/** What the device asks to be set now, as it is on the wire. */
const sent = () =>
  device
    .take()
    .flatMap(({ id, body }) =>
      body?.case === 'setRecord' && body.value.record ? [{ id, record: body.value.record }] : [],
    );
const wire = () => sent().map(({ record }) => [record.key, record.changedAtMs, ...record.value]);
const onServer = (key: RecordKey) => {
  const record = server.records.get(recordKey(key));
  return record && [record.changedAtMs, ...record.value];
};
const told = () => device.notices.flatMap((notice) => (notice.type === 'record' ? [recordKey(notice.key)] : []));

describe('a change made here', () => {
  test('[REC-6] is shown, told and stored at once, and sent when live', async () => {
    set(a, 1);
    expect(shown(a)).toEqual([1]);
    expect(told()).toEqual(['setting/a']);
    expect((await device.store.load())?.records).toMatchObject([{ key: 'setting/a', confirmed: undefined }]);
    device.online(server);
    expect(onServer(a)).toEqual([1_000_000, 1]);
    expect((await device.store.load())?.records).toMatchObject([
      { confirmed: { value: bytes(1) }, pending: undefined },
    ]);
    device.lose();
    device.online(server);
    expect(wire()).toEqual([]);
  });

  test('[REC-6] survives a restart before it was sent, and one before it was answered', async () => {
    set(a, 1);
    await device.restart();
    expect(shown(a)).toEqual([1]);
    device.open();
    device.receive(...device.take().flatMap((command) => server.answer(command)));
    expect(wire()).toEqual([['setting/a', 1_000_000, 1]]);
    await device.restart();
    device.online(server);
    expect(onServer(a)).toEqual([1_000_000, 1]);
  });

  test('[REC-6] whose answer was lost with the connection is sent again, and so is what was changed meanwhile', () => {
    device.online(server);
    set(a, 1);
    set(draft, 1);
    expect(wire()).toHaveLength(2);
    set(draft, 2);
    device.lose();
    device.online(server);
    expect([onServer(a), onServer(draft)?.slice(1)]).toEqual([[1_000_000, 1], [2]]);
  });

  test('[REC-6] of what is typed while one is under way only the newest is sent, after the answer', () => {
    device.online(server);
    set(draft, 1);
    set(draft, 2);
    const [first, ...more] = sent();
    expect([first?.record.value, more]).toEqual([bytes(1), []]);
    set(draft, 3);
    expect(wire()).toEqual([]);
    device.receive(replyFrame(first?.id ?? 0, { case: 'done', value: {} }));
    expect(wire()).toEqual([[recordKey(draft), 1_000_001, 3]]);
  });

  test('[REC-6] different keys do not wait for each other', () => {
    device.online(server);
    set(a, 1);
    set(setting('b'), 2);
    expect(wire().map(([key]) => key)).toEqual(['setting/a', 'setting/b']);
  });

  test('[REC-6] the same value again is nothing new', () => {
    set(a, 1);
    device.online(server);
    set(a, 1);
    set(setting('never'));
    expect(wire()).toEqual([]);
    expect(told()).toEqual(['setting/a']);
  });

  test('[REC-6] is sent again for ever after errors of class later, with growing pauses', () => {
    device.online(server);
    device.random = 1;
    set(a, 1);
    const pauses: number[] = [];
    for (let tries = 0; tries < 12; tries++) {
      const [command] = sent();
      if (!command) throw new Error(`nothing was sent in try ${tries}`);
      device.receive(
        replyFrame(command.id, { case: 'error', value: { code: ErrorCode.OVERLOADED, message: '', retryAfterMs: 0 } }),
      );
      expect(wire()).toEqual([]);
      const beforeMs = device.nowMs;
      device.fire('resend');
      pauses.push(device.nowMs - beforeMs);
    }
    expect(pauses.slice(0, 3)).toEqual(pauses.slice(0, 3).sort((x, y) => x - y));
    expect(pauses[0]).toBeLessThan(pauses[3] ?? 0);
    device.settle(server);
    expect(onServer(a)).toEqual([1_000_000, 1]);
  });

  test('[REC-6] refused for good it is given up and told, and what the server has is shown again', () => {
    server.set({ key: 'setting/a', changedAtMs: 5, value: bytes(5) });
    device.online(server);
    set(a, 1);
    const [command] = sent();
    device.receive(...server.refuse({ id: command?.id ?? 0, body: undefined }, ErrorCode.LIMIT_EXCEEDED));
    expect(shown(a)).toEqual([5]);
    expect(device.notices).toContainEqual({ type: 'recordRefused', key: a, reason: 'LIMIT_EXCEEDED' });
    device.lose();
    device.online(server);
    expect(onServer(a)).toEqual([5, 5]);
  });

  test('[REC-6, REC-7] a value beyond the limit stays on this device until it is shorter', () => {
    device.online(server);
    device.do({ type: 'recordSet', key: draft, value: new Uint8Array(DEFAULT_LIMITS.recordValueBytesMax + 1) });
    expect(wire()).toEqual([]);
    expect(shown(draft)).toHaveLength(DEFAULT_LIMITS.recordValueBytesMax + 1);
    set(draft, 1);
    expect(wire()).toHaveLength(1);
  });

  test('[REC-6] is later than what this device knows, though its clock is behind', () => {
    server.set({ key: 'setting/a', changedAtMs: 9_000_000, value: bytes(5) });
    device.online(server);
    set(a, 1);
    device.settle(server);
    expect(onServer(a)).toEqual([9_000_001, 1]);
  });

  test('[REC-3, REC-6, CON-7] is dated by the server’s clock, whatever the device’s shows', () => {
    server.nowMs = 50_000_000;
    device.online(server);
    set(a, 1);
    device.settle(server);
    expect(onServer(a)).toEqual([50_000_000, 1]);
    server.set({ key: 'setting/a', changedAtMs: 50_000_500, value: bytes(2) });
    device.lose();
    device.online(server);
    expect(shown(a)).toEqual([2]);
  });

  test('[REC-3, REC-6] made while the clock was ahead counts as made when it is sent', () => {
    device.nowMs = 9_000_000;
    set(a, 1);
    device.nowMs = 2_000_000;
    device.online(server);
    expect(onServer(a)?.[0]).toBeLessThan(9_000_000);
  });
});

describe('a change from elsewhere', () => {
  const push = (key: string, changedAtMs: number, ...value: number[]) => {
    const event = server.set({ key, changedAtMs, value: bytes(...value) });
    if (event) device.receive(pushFrame({ case: 'userEvent', value: event }));
  };

  test('[REC-4, REC-6] is shown live, and after absence by events or by records', async () => {
    device.online(server);
    push('setting/a', 5, 5);
    expect(shown(a)).toEqual([5]);
    expect(told()).toEqual(['setting/a']);
    device.lose();
    server.set({ key: 'setting/a', changedAtMs: 6, value: bytes(6) });
    device.online(server);
    expect(shown(a)).toEqual([6]);
    const fresh = new Device();
    await fresh.start();
    fresh.online(server);
    expect(shown(a, fresh)).toEqual([6]);
    await device.restart();
    expect(shown(a)).toEqual([6]);
  });

  test('[REC-6] a late one does not undo what was written here since', () => {
    device.online(server);
    set(a, 1);
    push('setting/a', 999_999, 9);
    expect(shown(a)).toEqual([1]);
    device.settle(server);
    expect(onServer(a)).toEqual([1_000_000, 1]);
    expect(shown(a)).toEqual([1]);
  });

  test('[REC-2, REC-6] a later one replaces what waits here, which is not sent any more', () => {
    set(a, 1);
    server.set({ key: 'setting/a', changedAtMs: 2_000_000, value: bytes(9) });
    device.open();
    const hello = device.take().flatMap((command) => server.answer(command));
    device.receive(...hello);
    device.settle(server);
    expect(shown(a)).toEqual([9]);
    expect(onServer(a)).toEqual([2_000_000, 9]);
  });

  test('[REC-2] two devices that change one key without a network end alike, in whatever order they come back', async () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const shared = new RecordServer();
      const devices = [new Device(), new Device()];
      for (const [at, each] of devices.entries()) {
        await each.start();
        each.nowMs += at * 10;
        each.do({ type: 'recordSet', key: a, value: bytes(at + 1) });
      }
      for (const at of order) devices[at]?.online(shared);
      for (const each of devices) {
        each.lose();
        each.online(shared);
      }
      expect(devices.map((each) => shown(a, each))).toEqual([[2], [2]]);
    }
  });

  test('[REC-2] a late retry of an old change undoes nothing', () => {
    device.online(server);
    set(a, 1);
    device.lose();
    server.set({ key: 'setting/a', changedAtMs: 1_500_000, value: bytes(7) });
    device.online(server);
    expect([shown(a), onServer(a)]).toEqual([[7], [1_500_000, 7]]);
  });
});
