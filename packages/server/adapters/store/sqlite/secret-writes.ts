import type { Database } from 'better-sqlite3';
import type { Handlers, WriteCalls } from './calls.ts';

/** Keeps the first secret of a name, inside the caller's transaction. */
export function createSecretWrites(database: Database): Handlers<Pick<WriteCalls, 'keepSecret'>> {
  const insert = database.prepare('INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const find = database.prepare<[string], Uint8Array>('SELECT value FROM secrets WHERE name = ?');
  find.pluck();
  return {
    keepSecret({ name, proposed }) {
      insert.run(name, proposed);
      const kept = find.get(name);
      if (kept === undefined) throw new Error('a secret conflicts with a row that is not there');
      // As plain bytes: a Buffer would be cloned to the other thread as what it is not.
      return new Uint8Array(kept);
    },
  };
}
