import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameBuffer } from './frame-buffer.ts';

const push = fc.uint8Array({ maxLength: 300 }).map((frame) => ({ name: 'push' as const, frame }));
const shift = fc.constant({ name: 'shift' as const });

test('[SES-11] a frame buffer gives the frames that a list would give, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: push }, { weight: 2, arbitrary: shift })), (steps) => {
      const buffer = new FrameBuffer();
      const model: Uint8Array[] = [];
      for (const step of steps) {
        if (step.name === 'push') {
          buffer.push(step.frame);
          model.push(step.frame);
        } else {
          buffer.shift();
          model.shift();
        }
        expect(buffer.count).toBe(model.length);
        expect(buffer.bytes).toBe(model.reduce((sum, frame) => sum + FrameBuffer.bytesOf(frame), 0));
      }
      for (const count of [0, 1, model.length]) {
        expect(buffer.newest(count)).toEqual(count === 0 ? [] : model.slice(-count));
      }
    }),
  );
});

test('[SES-11] a frame is kept as it was, also when it is longer than a byte can count', () => {
  const buffer = new FrameBuffer();
  const frame = Uint8Array.from({ length: 70_000 }, (_, at) => at);
  buffer.push(frame);
  const original = frame.slice();
  frame.fill(0);
  expect(buffer.newest(1)).toEqual([original]);
});
