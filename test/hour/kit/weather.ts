import type { SeededRandom } from '../../../packages/testkit/random/seeded-random.ts';
import type { ServerProcess } from '../../e2e/kit/server-process.ts';
import type { Device } from './device.ts';

const SECOND_MS = 1_000;

/** What befalls people meanwhile; each undoes itself. */
export async function strike(
  random: SeededRandom,
  devices: readonly Device[],
  server: ServerProcess,
  wait: (ms: number) => Promise<void>,
): Promise<string> {
  const device = random.pick(devices);
  const lastsMs = random.between(2, 20) * SECOND_MS;
  switch (random.pick(['offline', 'offline', 'offline', 'slow', 'slow', 'restart', 'kill'] as const)) {
    case 'offline':
      await device.setOnline(false);
      await wait(lastsMs);
      await device.setOnline(true);
      return `${device.name} had no network for ${lastsMs / SECOND_MS} s`;
    case 'slow':
      await device.setSlow(true);
      await wait(2 * lastsMs);
      await device.setSlow(false);
      return `${device.name} had a slow network for ${(2 * lastsMs) / SECOND_MS} s`;
    case 'restart':
      await server.end('SIGTERM');
      await server.start();
      return 'the server was restarted';
    case 'kill':
      await server.end('SIGKILL');
      await wait(random.between(0, 5) * SECOND_MS);
      await server.start();
      return 'the server was killed and started again';
  }
}
