import { Reader } from './reader.ts';
import { type Write, Writer } from './writer.ts';

/** A kind of message of the schema: how it is written, and how it is read up to `end`. */
export interface WireType<T> {
  readonly write: Write<T>;
  readonly read: (reader: Reader, end: number) => T;
}

const writer = new Writer();

/** The encoded message, as a view onto a buffer that may hold other messages too: copy it (`copyBytes`) before keeping it. */
export function encode<T>({ write }: WireType<T>, message: T): Uint8Array {
  writer.begin();
  write(message, writer);
  return writer.finish();
}

/** Throws RangeError or TypeError on anything that is not a message of the schema. */
export function decode<T>({ read }: WireType<T>, bytes: Uint8Array): T {
  return read(new Reader(bytes), bytes.length);
}
