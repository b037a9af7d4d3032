// Reads protobuf's wire format: https://protobuf.dev/programming-guides/encoding/

const TWO_32 = 0x1_0000_0000;
/** Tags and lengths have 32 bits, which take at most this many bytes. */
const SHORT_VARINT_BYTES = 5;

/** What a field of bytes has when it is not there. */
export const NO_BYTES = new Uint8Array(0);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads one encoded message from its start. Every method throws RangeError or TypeError on bytes that are not what it reads. */
export class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;
  /** The upper 32 bits of the varint that was read last. */
  #high = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The tag of the next field of the message that ends at `end`, or 0 when there is none. */
  tag(end: number): number {
    if (this.#at < end) {
      const tag = this.#shortVarint();
      if (tag >>> 3 === 0) throw new RangeError('a field has the number 0');
      return tag;
    }
    if (this.#at > end) throw new RangeError('a field reaches beyond its message');
    return 0;
  }

  /** Reads a length, and gives the position where what it measures ends. */
  end(): number {
    const end = this.#shortVarint() + this.#at;
    if (end > this.#bytes.length) throw new RangeError('a length reaches beyond the frame');
    return end;
  }

  /** Bits above the 32nd are dropped, as protobuf has it. */
  uint32(): number {
    return this.#varint();
  }

  /** Throws above 2^53 - 1, which no valid frame reaches. */
  uint64(): number {
    const low = this.#varint();
    const value = this.#high * TWO_32 + low;
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('an integer above 2^53 - 1');
    return value;
  }

  bool(): boolean {
    return this.#varint() > 0 || this.#high > 0;
  }

  /** Throws on bytes that are not UTF-8, which proto3 requires. */
  string(): string {
    return utf8.decode(this.bytes());
  }

  /** A view onto the input: a plain Uint8Array, also where the input is a Node Buffer. */
  bytes(): Uint8Array {
    const end = this.end();
    const start = this.#at;
    this.#at = end;
    return new Uint8Array(this.#bytes.buffer, this.#bytes.byteOffset + start, end - start);
  }

  /** Reads a packed list, an item with each call of `read`, onto the end of `items`. */
  packed<T>(items: T[], read: () => T): void {
    const end = this.end();
    while (this.#at < end) items.push(read());
    if (this.#at > end) throw new RangeError('an item reaches beyond its list');
  }

  /** Passes over a field that this version does not know. Groups (wire types 3 and 4) are refused. */
  skip(tag: number): void {
    switch (tag & 7) {
      case 0:
        this.#varint();
        return;
      case 1:
        this.#pass(8);
        return;
      case 2:
        this.#at = this.end();
        return;
      case 5:
        this.#pass(4);
        return;
      default:
        throw new RangeError('a field of an unknown wire type');
    }
  }

  #pass(length: number): void {
    if (this.#at + length > this.#bytes.length) throw new RangeError('the frame ends inside a field');
    this.#at += length;
  }

  /** Reads a tag or a length. */
  #shortVarint(): number {
    const start = this.#at;
    const first = this.#bytes[start] ?? 0x80;
    if (first < 0x80) {
      this.#at = start + 1;
      return first;
    }
    const value = this.#varint();
    if (this.#high > 0 || this.#at - start > SHORT_VARINT_BYTES) throw new RangeError('a tag or length above 32 bits');
    return value;
  }

  /** Reads a varint of up to ten bytes; gives its lower 32 bits and sets `#high`. What is above 64 bits is dropped. */
  #varint(): number {
    const bytes = this.#bytes;
    let at = this.#at;
    let low = 0;
    let high = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[at++];
      if (byte === undefined) throw new RangeError('the frame ends inside a field');
      if (shift <= 28) low |= (byte & 0x7f) << shift;
      if (shift === 28) high = (byte & 0x7f) >> 4;
      if (shift > 28) high |= (byte & 0x7f) << (shift - 32);
      if (byte < 0x80) {
        this.#at = at;
        this.#high = high >>> 0;
        return low >>> 0;
      }
    }
    throw new RangeError('a varint of more than ten bytes');
  }
}
