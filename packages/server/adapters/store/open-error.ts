export type OpenFailure =
  | 'directory-in-use'
  /** Nodes are connected to the database that something else needs for itself. */
  | 'database-in-use'
  /** The database is being filled from another one, or that was interrupted. */
  | 'unfinished-move'
  | 'schema-from-the-future'
  /** The engine's settings would let it acknowledge what a crash may lose. */
  | 'not-durable'
  /** Its version, or how the database is made. */
  | 'unsupported-engine'
  /** No server takes writes: those that answer are standbys or read-only, or their commits wait for a standby in vain. */
  | 'no-primary'
  | 'failed';

/** Why a store could not be opened; nothing in it was changed. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
  readonly reason: OpenFailure;

  constructor(reason: OpenFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
