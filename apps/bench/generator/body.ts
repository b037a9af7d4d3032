import { encodeText } from '@hongyan/protocol';

/** A text whose encoded Content is of the given size. */
export function bodyOf(bytes: number): Uint8Array {
  const encoded = (length: number) => encodeText('x'.repeat(length));
  const overhead = encoded(bytes).length - bytes;
  return encoded(Math.max(1, bytes - overhead));
}
