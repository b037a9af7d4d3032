import { decodeServerFrame, splitFrames } from '@hongyan/protocol';

/** What the `Closing` among the frames of a refused connection says of coming back; 0 when it says nothing. */
export function retryAfterMsIn(frames: Uint8Array): number {
  for (const bytes of splitFrames(frames, Number.POSITIVE_INFINITY)) {
    const { frame } = decodeServerFrame(bytes);
    if (frame?.case === 'push' && frame.value.body?.case === 'closing') return frame.value.body.value.retryAfterMs;
  }
  return 0;
}
