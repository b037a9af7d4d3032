import { expect, test } from 'vitest';
import { Recovery } from './recovery.ts';

const recorder = () => {
  const recorded: number[] = [];
  return { recorded, recovery: new Recovery((durationMs) => recorded.push(durationMs)) };
};

test('[M7] recovery is measured from the end of an outage to the first message through, once', () => {
  const { recorded, recovery } = recorder();
  recovery.outageEnded(100, true);
  recovery.messageThrough(350);
  recovery.messageThrough(900);
  expect(recorded).toEqual([250]);
});

test('[M7] an outage at whose end nothing waited is not measured', () => {
  const { recorded, recovery } = recorder();
  recovery.outageEnded(100, false);
  recovery.messageThrough(5_000);
  expect(recorded).toEqual([]);
});

test('[M7] a further outage before anything got through does not set the time back', () => {
  const { recorded, recovery } = recorder();
  recovery.outageEnded(100, true);
  recovery.outageEnded(8_000, true);
  recovery.messageThrough(9_000);
  expect(recorded).toEqual([8_900]);
});
