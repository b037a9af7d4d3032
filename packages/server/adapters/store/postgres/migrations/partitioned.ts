export interface HotTable {
  name: string;
  columns: string;
  /** What its rows are distributed by: the first column of the primary key, if it has one. */
  distributedBy: string;
  primaryKey?: string;
  /** Whether rows change in place, and need room for it on their page. */
  updated?: boolean;
}

const FILLFACTOR_OF_UPDATED = 70;

/** A table in partitions by the hash of its distribution key; one partition is a plain table. */
export function partitioned(table: HotTable, partitionCount: number): string {
  const { name, columns, distributedBy, primaryKey, updated = false } = table;
  const key = primaryKey === undefined ? '' : `, PRIMARY KEY (${primaryKey})`;
  const body = `CREATE TABLE ${name} (${columns}${key})`;
  const storage = updated ? ` WITH (fillfactor = ${FILLFACTOR_OF_UPDATED})` : '';
  if (partitionCount === 1) return `${body}${storage};`;
  const partitions = Array.from(
    { length: partitionCount },
    (_, at) =>
      `CREATE TABLE ${name}_${at} PARTITION OF ${name} FOR VALUES WITH (MODULUS ${partitionCount}, REMAINDER ${at})${storage};`,
  );
  return [`${body} PARTITION BY HASH (${distributedBy});`, ...partitions].join('\n');
}
