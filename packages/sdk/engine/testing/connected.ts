import { Device } from './device.ts';
import { ModelServer } from './model-server.ts';

/** A new device that is online and up to date. */
export async function connected(server = new ModelServer(), random = 0.5): Promise<Device> {
  const device = new Device();
  device.random = random;
  await device.start();
  device.online(server);
  return device;
}

/** A new device whose Hello was answered by Welcome, and to which nothing was said since. */
export async function welcomed(server: ModelServer): Promise<Device> {
  const device = new Device();
  await device.start();
  device.open();
  const [hello] = device.take();
  if (!hello) throw new Error('Hello comes first');
  device.receive(...server.answer(hello).slice(0, 1));
  return device;
}
