import { encodeContent } from '@hongyan/protocol';

/** A text whose encoded Content is of the given size. */
export function bodyOf(bytes: number): Uint8Array {
  const encoded = (length: number) => encodeContent({ kind: { case: 'text', value: { text: 'x'.repeat(length) } } });
  const overhead = encoded(bytes).length - bytes;
  return encoded(Math.max(1, bytes - overhead));
}
