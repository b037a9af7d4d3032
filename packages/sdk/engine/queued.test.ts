import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Device } from './testing/device.ts';
import { ModelServer } from './testing/model-server.ts';

function postpone(device: Device, place: number, retryAfterMs: number, connectionId = device.connectionId): void {
  device.do({ type: 'transportPostponed', connectionId, place, retryAfterMs });
}

async function started(): Promise<Device> {
  const device = new Device();
  await device.start();
  return device;
}

test('[CON-11] a place in the line is shown, and asked for again neither before its time nor more than a second after', async () => {
  const unit = fc.double({ min: 0, max: 0.999, noNaN: true });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60_000 }), unit, async (retryAfterMs, random) => {
      const device = await started();
      device.random = random;
      postpone(device, 12, retryAfterMs);
      expect(device.reconnectInMs).toBeGreaterThanOrEqual(retryAfterMs);
      expect(device.reconnectInMs).toBeLessThanOrEqual(retryAfterMs + 1_000);
      const retryAtMs = device.timers.get('reconnect');
      expect(device.engine.connection()).toEqual({ status: 'queued', place: 12, retryAtMs });
      expect([...device.timers.keys()]).toEqual(['reconnect']);
    }),
  );
});

test('[CON-11, CON-2] waiting in the line is no failed attempt: what fails after it waits as if it were the first', async () => {
  const device = await started();
  const places = [5, 4, 3, 2, 1].map((place) => {
    postpone(device, place, 3_000);
    expect(device.reconnectInMs).toBe(3_500);
    device.fire('reconnect');
    return device.notices.flatMap((notice) =>
      notice.type === 'connection' && notice.state.status === 'queued' ? [notice.state.place] : [],
    );
  });
  expect(places.at(-1)).toEqual([5, 4, 3, 2, 1]);
  expect(device.engine.connection()).toEqual({ status: 'connecting', attempt: 1 });
  device.lose();
  expect(device.engine.connection()).toMatchObject({ status: 'offline', failures: 1 });
  expect(device.reconnectInMs).toBe(1_000);
  device.online(new ModelServer());
  expect(device.engine.connection().status).toBe('online');
});

test('[CON-11] a change of network neither cuts the wait short nor prolongs it', async () => {
  const device = await started();
  postpone(device, 2, 9_000);
  const [dueMs, state] = [device.timers.get('reconnect'), device.engine.connection()];
  for (const online of [false, true]) device.do({ type: 'networkChanged', online });
  expect([device.timers.get('reconnect'), device.engine.connection()]).toEqual([dueMs, state]);
});

test('[CON-11] an answer that comes too late is not heard, and who signs out waits no more', async () => {
  const device = await started();
  const late = device.connectionId;
  device.fire('handshake');
  postpone(device, 2, 9_000, late);
  expect(device.engine.connection().status).toBe('offline');
  device.fire('reconnect');
  postpone(device, 2, 9_000);
  device.do({ type: 'signedOut' });
  expect(device.engine.connection()).toEqual({ status: 'signed-out' });
  expect([...device.timers.keys()]).toEqual([]);
});
