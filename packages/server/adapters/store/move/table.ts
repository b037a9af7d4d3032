/** Bytes may be missing, which is not the same as none. */
export type ColumnKind = 'text' | 'integer' | 'bytes';

/** What a table's rows belong to: the first column of its key. */
export type Owner = 'conversation' | 'account' | 'device' | 'secret' | 'API key' | 'app user';

/** A table of PostgreSQL, and what of SQLite its rows are. */
export interface MovedTable {
  readonly name: string;
  readonly owner: Owner;
  /** The primary key, in its order. Rows are moved and compared in the order of it. */
  readonly key: Columns;
  readonly others: Columns;
  readonly source: Source;
}

export type Columns = Readonly<Record<string, ColumnKind>>;

export interface Source {
  readonly table: string;
  /** Instead of the column of the same name. */
  readonly expressions?: Readonly<Record<string, string>>;
  /** Whether rows of the source that have the key in common make one row. */
  readonly isGrouped?: boolean;
  /** How many rows there are, where something is quicker than counting them. */
  readonly total?: string;
}

export const columnsOf = ({ key, others }: MovedTable): [name: string, kind: ColumnKind][] => [
  ...Object.entries(key),
  ...Object.entries(others),
];
