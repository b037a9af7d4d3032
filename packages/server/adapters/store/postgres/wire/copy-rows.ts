export type CopyKind = 'text' | 'integer' | 'bytes';
export type CopyValue = string | number | Uint8Array;

// COPY's binary format (the manual's page on COPY, "Binary Format") inside CopyData and CopyDone messages of the protocol.

const COPY_DATA = 0x64;
const COPY_DONE = Buffer.from('c\0\0\0\x04', 'latin1');
const MESSAGE_HEADER_BYTES = 5;
/** The signature, no flags, no extension. */
const FILE_HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const NO_MORE_ROWS = -1;
const FIRST_SIZE_BYTES = 65_536;
const UTF8_BYTES_PER_UNIT_MAX = 3;
const TWO_TO_32 = 2 ** 32;

/** Rows of `text`, `bigint` and `bytea` columns for one `COPY … FROM STDIN (FORMAT binary)`, none of them null. */
export class CopyRows {
  #target = Buffer.allocUnsafe(FIRST_SIZE_BYTES);
  #at = MESSAGE_HEADER_BYTES;

  constructor() {
    this.#at += FILE_HEADER.copy(this.#target, this.#at);
  }

  /** What has been added so far. */
  get byteCount(): number {
    return this.#at;
  }

  add(row: readonly CopyValue[]): void {
    this.#reserve(2);
    this.#at = this.#target.writeInt16BE(row.length, this.#at);
    for (const value of row) {
      if (typeof value === 'string') this.#addText(value);
      else if (typeof value === 'number') this.#addInteger(value);
      else this.#addBytes(value);
    }
  }

  /** Ends the rows and answers the messages that carry them; nothing can be added any more. */
  finish(): Buffer {
    this.#reserve(2 + COPY_DONE.length);
    this.#at = this.#target.writeInt16BE(NO_MORE_ROWS, this.#at);
    this.#target.writeUInt8(COPY_DATA, 0);
    this.#target.writeInt32BE(this.#at - 1, 1);
    this.#at += COPY_DONE.copy(this.#target, this.#at);
    return this.#target.subarray(0, this.#at);
  }

  #addText(value: string): void {
    this.#reserve(4 + value.length * UTF8_BYTES_PER_UNIT_MAX);
    const written = this.#target.write(value, this.#at + 4, 'utf8');
    this.#at = this.#target.writeInt32BE(written, this.#at) + written;
  }

  #addInteger(value: number): void {
    this.#reserve(12);
    this.#at = this.#target.writeInt32BE(8, this.#at);
    this.#at = this.#target.writeInt32BE(Math.floor(value / TWO_TO_32), this.#at);
    this.#at = this.#target.writeUInt32BE(((value % TWO_TO_32) + TWO_TO_32) % TWO_TO_32, this.#at);
  }

  #addBytes(value: Uint8Array): void {
    this.#reserve(4 + value.length);
    this.#at = this.#target.writeInt32BE(value.length, this.#at);
    this.#target.set(value, this.#at);
    this.#at += value.length;
  }

  #reserve(byteCount: number): void {
    const needed = this.#at + byteCount;
    if (needed <= this.#target.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#target.length * 2));
    this.#target.copy(larger, 0, 0, this.#at);
    this.#target = larger;
  }
}
