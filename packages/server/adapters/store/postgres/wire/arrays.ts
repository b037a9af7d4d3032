// Columns of a batch as PostgreSQL's binary arrays: no quoting, no hexadecimal, one allocation each.

const TEXT_OID = 25;
const BYTEA_OID = 17;
const INT8_OID = 20;

const HEADER_BYTES = 20;
const LENGTH_BYTES = 4;
const UTF8_BYTES_PER_UNIT_MAX = 3;
const TWO_TO_32 = 2 ** 32;
const NULL_LENGTH = -1;

/** Dimensions, a flag for nulls, the element's type, the length, and the first index. */
function writeHeader(target: Buffer, oid: number, length: number): number {
  target.writeInt32BE(1, 0);
  target.writeInt32BE(0, 4);
  target.writeInt32BE(oid, 8);
  target.writeInt32BE(length, 12);
  target.writeInt32BE(1, 16);
  return HEADER_BYTES;
}

/** A `text[]`. */
export function texts(values: readonly string[]): Buffer {
  let unitCount = 0;
  for (const value of values) unitCount += value.length;
  const target = Buffer.allocUnsafe(HEADER_BYTES + values.length * LENGTH_BYTES + unitCount * UTF8_BYTES_PER_UNIT_MAX);
  let at = writeHeader(target, TEXT_OID, values.length);
  for (const value of values) {
    const written = target.write(value, at + LENGTH_BYTES, 'utf8');
    target.writeInt32BE(written, at);
    at += LENGTH_BYTES + written;
  }
  return target.subarray(0, at);
}

/** An `int8[]`. */
export function integers(values: readonly number[]): Buffer {
  const target = Buffer.allocUnsafe(HEADER_BYTES + values.length * (LENGTH_BYTES + 8));
  let at = writeHeader(target, INT8_OID, values.length);
  for (const value of values) {
    target.writeInt32BE(8, at);
    target.writeInt32BE(Math.floor(value / TWO_TO_32), at + 4);
    target.writeUInt32BE(((value % TWO_TO_32) + TWO_TO_32) % TWO_TO_32, at + 8);
    at += LENGTH_BYTES + 8;
  }
  return target;
}

/** A `bytea[]`, in which undefined is NULL. */
export function bodies(values: readonly (Uint8Array | undefined)[]): Buffer {
  let byteCount = 0;
  for (const value of values) byteCount += value?.length ?? 0;
  const target = Buffer.allocUnsafe(HEADER_BYTES + values.length * LENGTH_BYTES + byteCount);
  let at = writeHeader(target, BYTEA_OID, values.length);
  for (const value of values) {
    target.writeInt32BE(value?.length ?? NULL_LENGTH, at);
    at += LENGTH_BYTES;
    if (value === undefined) continue;
    target.set(value, at);
    at += value.length;
  }
  return target;
}
