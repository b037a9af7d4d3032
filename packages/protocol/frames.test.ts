import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameReader, FrameTooLarge, FrameTruncated, joinFrames, splitFrames } from './frames.ts';

const frames = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });

describe('frames', () => {
  test('[FRM-1] whatever way a stream is cut, the same frames come out', () => {
    fc.assert(
      fc.property(frames, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (messages, steps) => {
        const stream = joinFrames(messages);
        const reader = new FrameReader(100);
        const seen: Uint8Array[] = [];
        for (let at = 0, turn = 0; at < stream.length; turn++) {
          const step = steps[turn % steps.length] as number;
          seen.push(...reader.push(stream.subarray(at, at + step)));
          at += step;
        }
        expect(seen.map((frame) => [...frame])).toEqual(messages.map((message) => [...message]));
        expect(reader.pendingBytes).toBe(0);
      }),
    );
  });

  test('[FRM-2] a message that ends inside a frame is refused', () => {
    const whole = joinFrames([new Uint8Array(5)]);
    for (let length = 1; length < whole.length; length++) {
      expect(() => [...splitFrames(whole.subarray(0, length), 100)]).toThrow(FrameTruncated);
    }
  });

  test('[FRM-3] a length beyond the limit is refused as soon as it is seen', () => {
    const reader = new FrameReader(100);
    expect(reader.push(Uint8Array.of(0, 0, 0))).toEqual([]);
    expect(() => reader.push(Uint8Array.of(101))).toThrow(FrameTooLarge);
    expect(() => new FrameReader(100).push(Uint8Array.of(255, 255, 255, 255))).toThrow(FrameTooLarge);
  });
});
