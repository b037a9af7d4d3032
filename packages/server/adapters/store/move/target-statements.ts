import type { Statement } from '../postgres/wire/statement.ts';
import { digestSql } from './digest.ts';
import { columnsOf, type MovedTable } from './table.ts';

export const copyRows = (table: MovedTable): Statement => ({
  name: `copy_${table.name}`,
  text: `COPY ${table.name} (${columnsOf(table).map(([name]) => name)}) FROM STDIN (FORMAT binary)`,
});

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
  const bound = (from: number) =>
    key.map(([, kind], at) => `$${from + at}::${kind === 'integer' ? 'bigint' : 'text'}`).join(', ');
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
  copyRows(table),
  ...EVERY_RANGE.map((range) => digestsBetween(table, range)),
];
