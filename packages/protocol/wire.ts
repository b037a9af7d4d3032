import { Reader } from './reader.ts';
import { type Write, Writer } from './writer.ts';

const writer = new Writer();

/** The encoded message, as a view onto a buffer that may hold other messages too: copy it (`copyBytes`) before keeping it. */
export function encode<T>(write: Write<T>, message: T): Uint8Array {
  writer.begin();
  write(message, writer);
  return writer.finish();
}

/** Throws RangeError or TypeError on anything that is not a message of the schema. */
export function decode<T>(read: (reader: Reader, end: number) => T, bytes: Uint8Array): T {
  return read(new Reader(bytes), bytes.length);
}
