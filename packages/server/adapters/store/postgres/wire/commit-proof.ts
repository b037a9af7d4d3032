import { StoreOpenError } from '../../open-error.ts';
import type { Connection } from './connection.ts';

const COMMIT_DEADLINE_MS = 5_000;

/** Has a transaction and a record in the log, so that its commit waits as others do, and changes nothing. */
const MARK = "SELECT pg_logical_emit_message(true, 'hongyan', '')";

/**
 * Commits something, and so waits until the synchronous standby, if one is named, holds all that this server shows. Before, it
 * may show what a failover undoes: after a crash also commits that nobody confirmed are there. And a primary that was left
 * behind never gets through here.
 *
 * Throws StoreOpenError `no-primary` when that takes longer than 5 s. The server goes on waiting for what hangs even without
 * its client, so the commit is cancelled over another connection, which `open` makes; there is nothing in it to be lost.
 */
export async function proveCommits(connection: Connection, open: () => Promise<Connection>): Promise<void> {
  let isLate = false;
  const deadline = setTimeout(() => {
    isLate = true;
    void cancel(connection, open).finally(() => connection.abandon());
  }, COMMIT_DEADLINE_MS);
  try {
    await connection.execute(MARK);
  } catch (cause) {
    if (!isLate) throw cause;
    throw new StoreOpenError(
      'no-primary',
      `it does not commit (synchronous_standby_names is ${connection.standing.synchronousStandbys || 'empty'}): ` +
        'its standby is away, or has taken over',
      { cause },
    );
  } finally {
    clearTimeout(deadline);
  }
}

async function cancel({ standing }: Connection, open: () => Promise<Connection>): Promise<void> {
  let canceller: Connection | undefined;
  try {
    canceller = await open();
    await canceller.execute(`SELECT pg_cancel_backend(${standing.pid})`);
  } catch {
    // The server that does not commit may be gone as well; then there is nothing to cancel.
  } finally {
    canceller?.abandon();
  }
}
