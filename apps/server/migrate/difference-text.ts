import type { Difference } from '@hongyan/server/adapters/store/move/index.ts';
import { grouped } from './progress-text.ts';

/** One line for people: whose rows differ, in which table and how. */
export function differenceText({ table, ownerId, sourceRowCount, targetRowCount }: Difference): string {
  const counts =
    sourceRowCount === targetRowCount
      ? `other content in ${grouped(sourceRowCount)} rows`
      : `${grouped(sourceRowCount)} rows in SQLite, ${grouped(targetRowCount)} in PostgreSQL`;
  return `${table.owner} ${ownerId}: ${table.name}: ${counts}`;
}
