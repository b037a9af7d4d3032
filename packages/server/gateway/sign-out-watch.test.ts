import { expect, test } from 'vitest';
import { settle } from '../testing/gateway-world.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { SignOutWatch } from './sign-out-watch.ts';

const logger = { debug() {}, info() {}, warn() {}, error() {} };

async function watched(count: number, signedOut: (ids: readonly string[]) => Promise<readonly string[]>) {
  const clock = new ManualClock();
  const revoked: string[] = [];
  const devices = () => Array.from({ length: count }, (_, index) => `d${index}`);
  const revoke = (deviceId: string) => revoked.push(deviceId);
  const watch = new SignOutWatch({ clock, logger, devices, signedOut, revoke });
  for (let passedMs = 0; passedMs < 305_000; passedMs += 5_000) {
    clock.advance(5_000);
    await settle();
  }
  watch.close();
  expect(clock.timerCount).toBe(0);
  return revoked;
}

test('[SES-3] every device is looked up within five minutes, a few at a time, and those that are signed out end', async () => {
  const asked: string[][] = [];
  const revoked = await watched(600, async (ids) => {
    asked.push([...ids]);
    return ids.filter((id) => id === 'd0' || id === 'd599');
  });
  expect(new Set(asked.flat()).size).toBe(600);
  expect(Math.max(...asked.map(({ length }) => length))).toBe(10);
  expect(revoked.slice(0, 2)).toEqual(['d0', 'd599']);
});

test('[SES-3] nobody is signed out while nobody knows', async () => {
  expect(
    await watched(10, async () => {
      throw new Error('the store is away');
    }),
  ).toEqual([]);
});
