import protobuf from 'protobufjs/minimal.js';

// 64-bit integers are plain numbers everywhere (sequence numbers, milliseconds): see safeInteger.
protobuf.util.Long = undefined as never;
protobuf.configure();

const { Reader, Writer } = protobuf;
type ReaderOf = InstanceType<typeof Reader>;
type WriterOf = InstanceType<typeof Writer>;

export function encode<T>(write: (message: T, writer: WriterOf) => WriterOf, message: T): Uint8Array {
  return write(message, Writer.create()).finish();
}

/** Throws RangeError or TypeError on anything that is not a message of the schema. */
export function decode<T>(read: (reader: ReaderOf, end: number) => T, bytes: Uint8Array): T {
  return read(Reader.create(bytes), bytes.length);
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads a length and gives the position where what it measures ends. Throws when that lies beyond the input. */
export function endOf(reader: ReaderOf): number {
  const end = reader.uint32() + reader.pos;
  if (end > reader.len) throw new RangeError('a length reaches beyond the frame');
  return end;
}

/** Reads a uint64 as a number. Throws above 2^53 - 1, which no valid frame reaches. */
export function safeInteger(reader: ReaderOf): number {
  const value = reader.uint64() as unknown as number;
  if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('an integer above 2^53 - 1');
  return value;
}

/** Reads a string. Throws on bytes that are not UTF-8 (proto3 requires it). */
export function text(reader: ReaderOf): string {
  const end = endOf(reader);
  const start = reader.pos;
  reader.pos = end;
  return utf8.decode((reader.buf as Uint8Array).subarray(start, end));
}

/** Reads bytes as a plain Uint8Array: a view onto the input, also where the input is a Node Buffer. */
export function bytes(reader: ReaderOf): Uint8Array {
  const end = endOf(reader);
  const input = reader.buf as Uint8Array;
  const view = new Uint8Array(input.buffer, input.byteOffset + reader.pos, end - reader.pos);
  reader.pos = end;
  return view;
}

/** Passes over a field this version does not know. Groups (wire types 3 and 4) are refused. */
export function skip(reader: ReaderOf, tag: number): void {
  const wireType = tag & 7;
  if (tag >>> 3 === 0 || wireType === 3 || wireType === 4) throw new RangeError('not a field');
  reader.skipType(wireType);
}
