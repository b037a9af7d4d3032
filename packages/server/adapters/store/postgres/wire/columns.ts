import type { Row } from './statement.ts';

// A result's columns, from PostgreSQL's text form. A column that is not there is a defect of ours, and said so.

export function text(row: Row, at: number): string {
  const value = row[at];
  if (value === undefined || value === null) throw new TypeError(`column ${at} has no value`);
  return value;
}

export const integer = (row: Row, at: number): number => Number(text(row, at));

/** A `bytea`: hexadecimal behind the two characters `\x`. */
export const bytes = (row: Row, at: number): Uint8Array => {
  const decoded = Buffer.from(text(row, at).slice(2), 'hex');
  return new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.length);
};

export const optionalBytes = (row: Row, at: number): Uint8Array | undefined =>
  row[at] === null ? undefined : bytes(row, at);
