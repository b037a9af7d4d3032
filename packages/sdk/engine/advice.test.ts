import { CloseCode, ErrorCode } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { advisedDelayMs, growingDelayMs } from './backoff.ts';
import { connected } from './testing/connected.ts';
import type { Device } from './testing/device.ts';
import { ModelServer, pushFrame, replyFrame } from './testing/model-server.ts';

const unit = fc.double({ min: 0, max: 0.999, noNaN: true });
const ADVICE_MS = 12_000;

const turnAway = (device: Device, retryAfterMs: number) =>
  device.receive(pushFrame({ case: 'closing', value: { code: CloseCode.OVERLOADED, reason: 'full', retryAfterMs } }));

test('[CON-1] whoever is turned away again and again never comes before the advice, and ever later after it', async () => {
  const device = await connected();
  const afterAdvice = [1, 2, 3, 4, 5].map((attempt) => {
    turnAway(device, ADVICE_MS * attempt);
    const pauseMs = device.reconnectInMs;
    device.fire('reconnect');
    device.open();
    return pauseMs - ADVICE_MS * attempt;
  });
  expect(Math.min(...afterAdvice)).toBeGreaterThanOrEqual(500);
  expect(afterAdvice).toEqual([...afterAdvice].sort((a, b) => a - b));
});

test('[CON-1] devices with the same advice come back at different times', async () => {
  const pauses = new Set<number>();
  for (const random of [0, 0.2, 0.4, 0.6, 0.8]) {
    const device = await connected(new ModelServer(), random);
    turnAway(device, ADVICE_MS);
    pauses.add(device.reconnectInMs);
  }
  expect(pauses.size).toBe(5);
});

test('[CON-1] a refused message is not sent again before the advice, whatever the jitter', async () => {
  await fc.assert(
    fc.asyncProperty(unit, fc.integer({ min: 1, max: 20_000 }), async (random, retryAfterMs) => {
      const device = await connected(new ModelServer(), random);
      device.compose('m1');
      const sent = device.take().find(({ body }) => body?.case === 'sendMessage');
      if (sent === undefined) throw new Error('nothing was sent');
      const refusedAtMs = device.nowMs;
      const refusal = { code: ErrorCode.OVERLOADED, message: '', retryAfterMs };
      device.receive(replyFrame(sent.id, { case: 'error', value: refusal }));
      while (!device.commands.some(({ body }) => body?.case === 'sendMessage')) device.fire('resend');
      expect(device.nowMs - refusedAtMs).toBeGreaterThanOrEqual(retryAfterMs + 500);
    }),
    { numRuns: 30 },
  );
});

test('[CON-2] the jitter is decorrelated: each pause is drawn from the last one, not from the count of attempts', () => {
  fc.assert(
    fc.property(unit, unit, fc.integer({ min: 500, max: 30_000 }), (random, other, lastMs) => {
      const delayMs = growingDelayMs(lastMs, random);
      expect(delayMs).toBeLessThanOrEqual(Math.min(30_000, lastMs * 3));
      if (other > random) expect(growingDelayMs(lastMs, other)).toBeGreaterThanOrEqual(delayMs);
      expect(advisedDelayMs(ADVICE_MS, delayMs)).toBe(ADVICE_MS + delayMs);
    }),
  );
});
