import type { SeededRandom } from '@hongyan/testkit/random';
import type { RealDevice } from './real-device.ts';

/** Nobody writes on before so many of one's own messages have left. */
const UNSENT_MAX = 20;
const READ_CHANCE = 0.2;
const WORDS_MAX = 40;

export interface Load {
  stop(): void;
}

/** Everybody writes to everybody, and reads now and then, until it is stopped. `pauseMsMax` is between two messages of one. */
export function startLoad(devices: readonly RealDevice[], random: SeededRandom, pauseMsMax: number): Load {
  const timers = new Map<RealDevice, NodeJS.Timeout>();
  let written = 0;
  const act = (device: RealDevice) => {
    const peers = devices.filter(({ userId }) => userId !== device.userId);
    const { userId } = random.pick(peers);
    if (random.chance(READ_CHANCE)) device.read(userId);
    if (device.engine.outbox().length < UNSENT_MAX) {
      written += 1;
      device.write(userId, `message ${written} ${'goose '.repeat(random.between(0, WORDS_MAX))}`);
    }
    later(device);
  };
  const later = (device: RealDevice) =>
    timers.set(
      device,
      setTimeout(() => act(device), random.between(1, pauseMsMax)),
    );
  for (const device of devices) later(device);
  return {
    stop: () => {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
