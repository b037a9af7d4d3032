import { expect, test } from 'vitest';
import { Device } from './testing/device.ts';
import { ben, ModelServer, pushFrame } from './testing/model-server.ts';

const wanted = pushFrame({ case: 'comparisonWanted', value: { withinMs: 4_000 } });

async function atRest(): Promise<{ server: ModelServer; device: Device }> {
  const server = new ModelServer();
  server.append(ben, 'm1');
  const device = new Device();
  await device.start();
  device.online(server);
  device.settle(server);
  return { server, device };
}

test('[SES-17] a device that is asked to compare does so at a random time within the given one', async () => {
  const { device } = await atRest();
  device.receive(wanted);
  expect(device.take()).toEqual([]);
  expect(device.timers.get('heartbeat')).toBe(device.nowMs + 2_000);
  device.fire('heartbeat');
  expect(device.take()).toMatchObject([{ body: { case: 'ping', value: { compare: true } } }]);
});

test('[SES-17] a device that is not at rest then compares with a later ping', async () => {
  const { server, device } = await atRest();
  device.receive(wanted);
  device.compose('mine');
  const unanswered = device.take();
  device.fire('heartbeat');
  if (device.commands.length === 0) device.fire('heartbeat');
  const [ping] = device.commands;
  expect(ping?.body).toMatchObject({ case: 'ping', value: { compare: false } });
  expect(device.timers.get('heartbeat')).toBe(device.nowMs + 2_000);
  device.receive(...unanswered.flatMap((command) => server.answer(command)));
  device.settle(server);
  device.fire('heartbeat');
  expect(device.take()).toMatchObject([{ body: { case: 'ping', value: { compare: true } } }]);
});

test('[SES-17] a heartbeat that is due earlier than asked stays where it is', async () => {
  const { device } = await atRest();
  const dueMs = device.timers.get('heartbeat');
  device.receive(pushFrame({ case: 'comparisonWanted', value: { withinMs: 4_000_000 } }));
  expect(device.timers.get('heartbeat')).toBe(dueMs);
});
