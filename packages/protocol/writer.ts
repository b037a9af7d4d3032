// Writes protobuf's wire format: https://protobuf.dev/programming-guides/encoding/

const TWO_32 = 0x1_0000_0000;
/** What small messages share. */
const CHUNK_BYTES = 8_192;
/** Where less is left of a chunk, no message is begun. */
const ROOM_BYTES = 1_024;
/** The most that a tag and a varint take. */
const FIELD_BYTES_MAX = 15;
const VARINT_BYTES_MAX = 10;
/** A UTF-16 code unit takes at most this many bytes in UTF-8. */
const CODE_UNIT_BYTES_MAX = 3;
/** Up to this length a loop writes ASCII faster than TextEncoder does. */
const LOOPED_LENGTH_MAX = 64;

const utf8 = new TextEncoder();

/** Writes the fields of a message. */
export type Write<T> = (message: T, writer: Writer) => void;

/** Writes one message after the other, field by field. Numbers are not negative; of fractions the whole part is written. */
export class Writer {
  #bytes = new Uint8Array(CHUNK_BYTES);
  /** Where the message begins. What is before it belongs to others. */
  #start = 0;
  #at = 0;
  /** How many bytes the last length took. The next one most likely takes as many, and then nothing has to be moved. */
  #lengthBytes = 1;

  begin(): void {
    if (this.#bytes.length > CHUNK_BYTES || this.#at > CHUNK_BYTES - ROOM_BYTES) {
      this.#bytes = new Uint8Array(CHUNK_BYTES);
      this.#at = 0;
    }
    this.#start = this.#at;
  }

  /** The message since `begin`, in bytes that are never written again; their buffer may hold other messages too. */
  finish(): Uint8Array {
    if (this.#bytes.length > CHUNK_BYTES) return this.#bytes.slice(this.#start, this.#at);
    return this.#bytes.subarray(this.#start, this.#at);
  }

  uint32(tag: number, value: number): void {
    this.uint64(tag, value >>> 0);
  }

  uint64(tag: number, value: number): void {
    this.#reserve(FIELD_BYTES_MAX);
    this.#varint(tag);
    this.#varint(value);
  }

  bool(tag: number, value: boolean): void {
    this.uint64(tag, value ? 1 : 0);
  }

  /** Half of a surrogate pair is written as U+FFFD. */
  string(tag: number, value: string): void {
    const { length } = value;
    this.#reserve(FIELD_BYTES_MAX + length * CODE_UNIT_BYTES_MAX);
    this.#varint(tag);
    const lengthAt = this.#at;
    this.#varint(length);
    const start = this.#at;
    if (length <= LOOPED_LENGTH_MAX && this.#ascii(value)) return;
    this.#at = start + utf8.encodeInto(value, this.#bytes.subarray(start)).written;
    this.#setLength(lengthAt, start);
  }

  bytes(tag: number, value: Uint8Array): void {
    this.#reserve(FIELD_BYTES_MAX + value.length);
    this.#varint(tag);
    this.#varint(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  /** A list of numbers behind one tag. */
  packed(tag: number, values: readonly number[]): void {
    this.message(tag, values, () => {
      this.#reserve(values.length * VARINT_BYTES_MAX);
      for (const value of values) this.#varint(value);
    });
  }

  message<T>(tag: number, message: T, write: Write<T>): void {
    this.#reserve(FIELD_BYTES_MAX);
    this.#varint(tag);
    const lengthAt = this.#at;
    const start = lengthAt + this.#lengthBytes;
    this.#at = start;
    write(message, this);
    this.#setLength(lengthAt, start);
  }

  /** Gives false, and leaves everything as it was, when there is a character that is not ASCII. */
  #ascii(value: string): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) return false;
      bytes[at++] = code;
    }
    this.#at = at;
    return true;
  }

  /** Writes the length of what was written since `start` to `lengthAt`, and moves that when the room between is not right. */
  #setLength(lengthAt: number, start: number): void {
    const length = this.#at - start;
    this.#lengthBytes = varintBytes(length);
    const moved = lengthAt + this.#lengthBytes;
    if (moved !== start) {
      this.#reserve(this.#lengthBytes);
      this.#bytes.copyWithin(moved, start, start + length);
    }
    this.#at = lengthAt;
    this.#varint(length);
    this.#at += length;
  }

  #varint(value: number): void {
    const bytes = this.#bytes;
    let at = this.#at;
    let low = value >>> 0;
    if (low !== value) {
      for (let high = Math.floor(value / TWO_32) >>> 0; high > 0; high >>>= 7) {
        bytes[at++] = low | 0x80;
        low = ((low >>> 7) | (high << 25)) >>> 0;
      }
    }
    for (; low > 0x7f; low >>>= 7) bytes[at++] = low | 0x80;
    bytes[at++] = low;
    this.#at = at;
  }

  /** Makes room for as many bytes more. */
  #reserve(length: number): void {
    const needed = this.#at + length;
    if (needed <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    grown.set(this.#bytes.subarray(this.#start, this.#at), this.#start);
    this.#bytes = grown;
  }
}

function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) bytes++;
  return bytes;
}
