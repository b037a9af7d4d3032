import { bodies, integers, texts } from '../postgres/wire/arrays.ts';
import { type Call, call, type Statement } from '../postgres/wire/statement.ts';
import { digestSql } from './digest.ts';
import type { SourceRow } from './source-rows.ts';
import { type ColumnKind, columnsOf, type MovedTable } from './table.ts';

const TYPES: Readonly<Record<ColumnKind, string>> = { text: 'text', integer: 'bigint', bytes: 'bytea' };

function insertRows(table: MovedTable): Statement {
  const columns = columnsOf(table);
  const arrays = columns.map(([, kind], at) => `$${at + 1}::${TYPES[kind]}[]`);
  return {
    name: `insert_${table.name}`,
    text: `INSERT INTO ${table.name} (${columns.map(([name]) => name)}) SELECT * FROM unnest(${arrays})`,
  };
}

/** Adds rows, column by column. */
export const insertCall = (table: MovedTable, rows: readonly SourceRow[]): Call =>
  call(insertRows(table), ...columnsOf(table).map(([, kind], at) => arrayOf(kind, rows, at)));

/** The values are what the table's columns say, as SQLite gives them. */
function arrayOf(kind: ColumnKind, rows: readonly SourceRow[], at: number): Buffer {
  const values = rows.map((row) => row[at]);
  switch (kind) {
    case 'text':
      return texts(values as string[]);
    case 'integer':
      return integers(values as number[]);
    case 'bytes':
      return bodies((values as (Uint8Array | null)[]).map((value) => value ?? undefined));
  }
}

/** Which bounds a range of keys has; the lower is exclusive, the upper inclusive. */
export interface RangeBounds {
  isAfter: boolean;
  isThrough: boolean;
}

const EVERY_RANGE: readonly RangeBounds[] = [true, false].flatMap((isAfter) =>
  [true, false].map((isThrough) => ({ isAfter, isThrough })),
);

/** The rows of a range by their owner: how many, and what their digests come to. */
export function digestsBetween(table: MovedTable, { isAfter, isThrough }: RangeBounds): Statement {
  const key = Object.entries(table.key);
  const columns = key.map(([name]) => name).join(', ');
  const bound = (from: number) => key.map(([, kind], at) => `$${from + at}::${TYPES[kind]}`).join(', ');
  const bounds = [
    ...(isAfter ? [`(${columns}) > (${bound(1)})`] : []),
    ...(isThrough ? [`(${columns}) <= (${bound(isAfter ? key.length + 1 : 1)})`] : []),
  ];
  const where = bounds.length === 0 ? '' : `WHERE ${bounds.join(' AND ')}`;
  const [owner] = key.map(([name]) => name);
  return {
    name: `digests_${table.name}${isAfter ? '_after' : ''}${isThrough ? '_through' : ''}`,
    text: `SELECT ${owner}, count(*), bit_xor(${digestSql(table)}) FROM ${table.name} ${where} GROUP BY ${owner}`,
  };
}

export const statementsOf = (table: MovedTable): Statement[] => [
  insertRows(table),
  ...EVERY_RANGE.map((range) => digestsBetween(table, range)),
];
