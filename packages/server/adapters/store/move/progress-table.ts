import { MOVE_TABLE } from '../postgres/occupancy.ts';
import type { Connection } from '../postgres/wire/connection.ts';
import type { Statement } from '../postgres/wire/statement.ts';
import { MoveError } from './move-error.ts';
import type { Key } from './source-rows.ts';
import { movedTables } from './tables.ts';

/** How far a table has been moved. */
export interface TableProgress {
  rowCount: number;
  lastKey: Key | undefined;
}

/** In the transaction that moves the rows, so that neither is there without the other. */
export const saveProgress: Statement = {
  name: 'save_progress',
  text: `UPDATE ${MOVE_TABLE} SET row_count = row_count + $2::bigint, last_key = $3 WHERE table_name = $1`,
};

/** Begins in an empty schema, or finds out how far the same move came. Rejects with MoveError when something else is there. */
export async function beginProgress(connection: Connection, fingerprint: string): Promise<Map<string, TableProgress>> {
  const [existing] = await connection.execute(`SELECT to_regclass('${MOVE_TABLE}') AS there`);
  if (existing?.there === null) await connection.transaction(() => beginAnew(connection, fingerprint));
  const rows = await connection.execute(`SELECT * FROM ${MOVE_TABLE}`);
  if (rows.some(({ source }) => source !== fingerprint)) {
    throw new MoveError(
      'other-source',
      'the target holds an interrupted migration of something else, or the source was used since: empty the target first',
    );
  }
  return new Map(
    rows.map(({ table_name, row_count, last_key }) => {
      const lastKey = last_key === null ? undefined : (JSON.parse(String(last_key)) as Key);
      return [String(table_name), { rowCount: Number(row_count), lastKey }];
    }),
  );
}

async function beginAnew(connection: Connection, fingerprint: string): Promise<void> {
  const found = await connection.execute(
    movedTables.map(({ name }) => `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${name})`).join(' UNION ALL '),
  );
  if (found.length > 0) {
    const names = found.map(({ name }) => name).join(', ');
    throw new MoveError('target-not-empty', `the target is not empty: there are rows in ${names}`);
  }
  const rows = movedTables.map(({ name }) => `('${name}', '${fingerprint}')`);
  await connection.execute(
    `CREATE TABLE ${MOVE_TABLE} (table_name text PRIMARY KEY, source text NOT NULL, row_count bigint NOT NULL DEFAULT 0,
       last_key text);
     INSERT INTO ${MOVE_TABLE} (table_name, source) VALUES ${rows.join(', ')}`,
  );
}
