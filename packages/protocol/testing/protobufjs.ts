import protobuf from 'protobufjs/minimal.js';
import { Reader } from '../reader.ts';
import { type Write, Writer } from '../writer.ts';

// protobufjs behind the methods of our Reader and Writer, as the oracle that they are compared with. Where it does not do what
// the rules or protobuf say, the oracle says how.

const GROUPS = [3, 4];

/** What our Reader has to read: the same values from the same places, and nothing where this throws. */
export class OracleReader extends Reader {
  readonly #reader: protobuf.Reader;

  constructor(bytes: Uint8Array) {
    super(bytes);
    this.#reader = protobuf.Reader.create(bytes);
  }

  override tag(end: number): number {
    if (this.#reader.pos > end) throw new Error('beyond the message');
    if (this.#reader.pos === end) return 0;
    const tag = this.#reader.tag();
    if (tag >>> 3 === 0) throw new Error('the number 0');
    return tag;
  }

  override end(): number {
    const end = this.#reader.size() + this.#reader.pos;
    if (end > this.#reader.len) throw new Error('beyond the input');
    return end;
  }

  override uint32(): number {
    return this.#reader.uint32();
  }

  override uint64(): number {
    const value = BigInt(this.#reader.uint64().toString());
    if (value > Number.MAX_SAFE_INTEGER) throw new Error('above 2^53 - 1');
    return Number(value);
  }

  override bool(): boolean {
    // Its own way looks at bits above the 64th, too.
    return this.#reader.uint64().toString() !== '0';
  }

  override string(): string {
    return this.#reader.stringVerify();
  }

  override bytes(): Uint8Array {
    return Uint8Array.from(this.#reader.bytes());
  }

  override packed<T>(items: T[], read: () => T): void {
    const end = this.end();
    while (this.#reader.pos < end) items.push(read());
    if (this.#reader.pos > end) throw new Error('beyond the list');
  }

  override skip(tag: number): void {
    const wireType = tag & 7;
    if (GROUPS.includes(wireType)) throw new Error('a group');
    // Its own way over a varint takes one of any length.
    if (wireType === 0) this.#reader.uint64();
    else this.#reader.skipType(wireType);
  }
}

/** What our Writer has to write, byte for byte. */
export class OracleWriter extends Writer {
  #writer = new protobuf.Writer();

  override begin(): void {
    this.#writer = new protobuf.Writer();
  }

  override finish(): Uint8Array {
    return this.#writer.finish();
  }

  override uint32(tag: number, value: number): void {
    this.#writer.uint32(tag).uint32(value);
  }

  override uint64(tag: number, value: number): void {
    this.#writer.uint32(tag).uint64(value);
  }

  override bool(tag: number, value: boolean): void {
    this.#writer.uint32(tag).bool(value);
  }

  override string(tag: number, value: string): void {
    // It writes half of a surrogate pair as bytes that are not UTF-8 when the text is short.
    this.#writer.uint32(tag).string(value.toWellFormed());
  }

  override bytes(tag: number, value: Uint8Array): void {
    this.#writer.uint32(tag).bytes(value);
  }

  override packed(tag: number, values: readonly number[]): void {
    this.#writer.uint32(tag).fork();
    for (const value of values) this.#writer.uint64(value);
    this.#writer.ldelim();
  }

  override message<T>(tag: number, message: T, write: Write<T>): void {
    this.#writer.uint32(tag).fork();
    write(message, this);
    this.#writer.ldelim();
  }
}
