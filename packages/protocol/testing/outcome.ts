/** What a decoder makes of bytes, where one refusal is as good as another. */
export function outcome(decoded: (bytes: Uint8Array) => unknown, bytes: Uint8Array): unknown {
  try {
    return decoded(bytes);
  } catch {
    return 'refused';
  }
}
