import { hash } from 'node:crypto';
import type { SourceRow } from './source-rows.ts';
import { type ColumnKind, columnsOf, type MovedTable } from './table.ts';

// A row's digest is the SHA-256 of its columns: a text as its length in bytes, a colon and itself, a number and a semicolon, of
// bytes their length (-1 where they are missing) and a semicolon, and at the end all bytes. Each side works it out from what it
// holds, with code of its own.

const WORDS = 4;

/** The first 128 bits of a row's digest, in SQL. */
export function digestSql(table: MovedTable): string {
  const columns = columnsOf(table);
  const scalars = columns.map(([name, kind]) => scalarSql(name, kind));
  const bytes = columns.filter(([, kind]) => kind === 'bytes').map(([name]) => ` || coalesce(${name}, '')`);
  return `('x' || left(encode(sha256(convert_to(concat(${scalars}), 'UTF8')${bytes.join('')}), 'hex'), 32))::bit(128)`;
}

function scalarSql(name: string, kind: ColumnKind): string {
  switch (kind) {
    case 'text':
      return `octet_length(${name}), ':', ${name}`;
    case 'integer':
      return `${name}, ';'`;
    case 'bytes':
      return `coalesce(octet_length(${name}), -1), ';'`;
  }
}

function digestInput(row: SourceRow): Buffer {
  let scalars = '';
  const bodies: Uint8Array[] = [];
  for (const value of row) {
    if (typeof value === 'string') scalars += `${Buffer.byteLength(value)}:${value}`;
    else if (typeof value === 'number') scalars += `${value};`;
    else {
      scalars += `${value?.length ?? -1};`;
      if (value !== null) bodies.push(value);
    }
  }
  const text = Buffer.from(scalars);
  return bodies.length === 0 ? text : Buffer.concat([text, ...bodies]);
}

/** How many rows there are, and their digests by exclusive or: rows differ in their keys, so none takes another one away. */
export class Tally {
  rowCount = 0;
  readonly #words = new Uint32Array(WORDS);

  /** Answers how many bytes went into the row's digest. */
  addRow(row: SourceRow): number {
    const input = digestInput(row);
    this.rowCount += 1;
    this.#mix(hash('sha256', input, 'hex'), 16);
    return input.length;
  }

  /** What `bit_xor` of `digestSql` comes to, as PostgreSQL writes it. */
  addBits(rowCount: number, bits: string): void {
    this.rowCount += rowCount;
    this.#mix(bits, 2);
  }

  add(other: Tally): void {
    this.rowCount += other.rowCount;
    for (const [at, word] of other.#words.entries()) this.#words[at] = (this.#words[at] ?? 0) ^ word;
  }

  equals(other: Tally): boolean {
    return this.rowCount === other.rowCount && this.#words.every((word, at) => word === other.#words[at]);
  }

  /** As many of the first digits as the words have room for. */
  #mix(digits: string, radix: 2 | 16): void {
    const length = radix === 2 ? 32 : 8;
    for (let at = 0; at < WORDS; at++) {
      const word = Number.parseInt(digits.slice(at * length, (at + 1) * length), radix);
      this.#words[at] = (this.#words[at] ?? 0) ^ word;
    }
  }
}
