/** What a server accepts as one message is 65,536 bytes (`Limits.body_bytes_max`); the rest is for the envelope. */
const TEXT_BYTES_MAX = 65_000;

const encoder = new TextEncoder();

/** Whether a text is more than fits into one message. No character takes more than 3 bytes for each UTF-16 unit. */
export function isTooLong(text: string): boolean {
  return text.length * 3 > TEXT_BYTES_MAX && encoder.encode(text).length > TEXT_BYTES_MAX;
}
