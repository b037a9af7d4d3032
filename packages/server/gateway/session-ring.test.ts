import { describe, expect, test } from 'vitest';
import { PushRing } from './session-ring.ts';

const BOUNDS = { framesMax: 3, bytesMax: 100 };
/** What the length of each frame takes. */
const LENGTH_BYTES = 4;
const frame = (n: number, bytes = 10) => new Uint8Array(bytes).fill(n);

function ringOf(...frames: Uint8Array[]): PushRing {
  const ring = new PushRing();
  for (const each of frames) ring.add(each, BOUNDS);
  return ring;
}

describe('PushRing', () => {
  test('[SES-11] gives what follows a count, and nothing to who has all', () => {
    const ring = ringOf(frame(1), frame(2), frame(3));
    expect(ring.has(1)).toBe(true);
    expect(ring.after(1)).toEqual([frame(2), frame(3)]);
    expect(ring.has(3)).toBe(true);
    expect(ring.after(3)).toEqual([]);
  });

  test('[SES-12] keeps the newest, by number and by bytes, and knows what it no longer has', () => {
    const byNumber = ringOf(frame(1), frame(2), frame(3), frame(4));
    expect([byNumber.has(0), byNumber.has(1)]).toEqual([false, true]);
    const byBytes = ringOf(frame(1, 60), frame(2, 60));
    expect([byBytes.has(0), byBytes.has(1)]).toEqual([false, true]);
    expect(byBytes.bytes).toBe(60 + LENGTH_BYTES);
    const tooLarge = ringOf(frame(1), frame(2, 97));
    expect([tooLarge.has(1), tooLarge.has(2), tooLarge.bytes]).toEqual([false, true, 0]);
  });

  test('[SES-12] more than was ever pushed is nothing that can be gone on from', () => {
    expect(ringOf(frame(1)).has(2)).toBe(false);
    expect(new PushRing().has(0)).toBe(true);
  });

  test('[SES-12] a push that is not kept takes those before it along', () => {
    const ring = ringOf(frame(1));
    ring.skip();
    ring.add(frame(3), BOUNDS);
    expect([ring.count, ring.has(1), ring.has(2)]).toEqual([3, false, true]);
    expect(ring.after(2)).toEqual([frame(3)]);
  });

  test('[SES-11] what was pushed long before the client was heard is kept no more; silence keeps it', () => {
    const ring = new PushRing();
    ring.heard(100_000);
    ring.add(frame(1), BOUNDS);
    ring.heard(114_999);
    expect(ring.has(0)).toBe(true);
    ring.heard(115_000);
    expect(ring.has(0)).toBe(true);
    ring.add(frame(2), BOUNDS);
    ring.heard(130_000);
    expect([ring.has(0), ring.has(1), ring.bytes]).toEqual([false, true, 10 + LENGTH_BYTES]);
  });

  test('[SES-11] what a resumption sends again counts as sent now', () => {
    const ring = new PushRing();
    ring.add(frame(1), BOUNDS);
    ring.heard(100_000);
    ring.resume(0, 110_000);
    ring.heard(124_000);
    expect(ring.has(0)).toBe(true);
  });
});
