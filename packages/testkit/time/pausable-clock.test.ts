import { describe, expect, it } from 'vitest';
import { PausableClock } from './pausable-clock.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('PausableClock', () => {
  it('[L2] runs what fell due in a pause late, in order, and not what was cancelled meanwhile', async () => {
    const clock = new VirtualClock(0);
    const process = new PausableClock(clock);
    const ran: string[] = [];
    const note = (name: string) => () => ran.push(`${name}@${process.now()}`);
    process.schedule(5, note('before'));
    process.schedule(20, note('second'));
    process.schedule(15, note('first'));
    const cancel = process.schedule(16, note('cancelled'));
    process.schedule(200, note('after'));
    clock.schedule(10, () => process.pause());
    clock.schedule(30, () => process.enter(note('entered')));
    clock.schedule(100, () => {
      cancel();
      process.resume();
    });
    await clock.run(300);
    expect(ran).toEqual(['before@5', 'first@100', 'second@100', 'entered@100', 'after@200']);
  });
});
