export type OpenFailure = 'directory-in-use' | 'schema-from-the-future' | 'failed';

/** Why a data directory could not be opened; nothing in it was changed. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
  readonly reason: OpenFailure;

  constructor(reason: OpenFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
