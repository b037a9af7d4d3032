import { StoreError } from '@hongyan/core/ports';
import Sqlite, { type Database } from 'better-sqlite3';
import type { Outcome } from './calls.ts';

export interface TransactionHooks {
  beforeCommit(): void;
  afterRollback(): void;
}

/**
 * Runs tasks in one transaction and answers how each ended, after the commit. A task refuses by throwing a StoreError
 * before it has written anything. A task that fails in any other way takes its batch down, which is then replayed
 * with a transaction for each, so that it fails alone.
 */
export function createGroupCommit(database: Database, hooks: readonly TransactionHooks[]) {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');

  function transact(tasks: readonly (() => unknown)[]): Outcome[] {
    try {
      begin.run();
      const outcomes = tasks.map(attempt);
      for (const hook of hooks) hook.beforeCommit();
      commit.run();
      return outcomes;
    } catch (error) {
      if (database.inTransaction) rollback.run();
      for (const hook of hooks) hook.afterRollback();
      throw error;
    }
  }

  return function commitTogether(tasks: readonly (() => unknown)[]): Outcome[] {
    try {
      return transact(tasks);
    } catch (error) {
      if (breaksTrust(error)) throw error;
      if (tasks.length > 1 && !isEngineTrouble(error)) return tasks.flatMap((task) => commitTogether([task]));
      return tasks.map(() => ({ ok: false, kind: 'unavailable', reason: describe(error) }));
    }
  };
}

function attempt(task: () => unknown): Outcome {
  try {
    return { ok: true, value: task() };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { ok: false, kind: error.kind, reason: error.reason };
  }
}

/** Trouble that each task would meet again: a full disk, a lock, an I/O error. */
function isEngineTrouble(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && !/^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE|ERROR)/.test(error.code);
}

/** After a failed fsync nobody knows what the disk holds, so the thread ends and recovery reads the disk anew. */
function breaksTrust(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(IOERR_.*FSYNC|CORRUPT|NOTADB)/.test(error.code);
}

function describe(error: unknown): string {
  if (error instanceof Sqlite.SqliteError && error.code === 'SQLITE_FULL') return 'disk-full';
  return error instanceof Error ? error.message : String(error);
}
