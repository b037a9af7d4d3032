export type MoveFailure =
  | 'no-source'
  /** SQLite cannot read it, or cannot write where it is. */
  | 'unreadable-source'
  /** The target has something in it that is not the beginning of this very move. */
  | 'target-not-empty'
  /** What was interrupted moved something else, or the source was written to since. */
  | 'other-source'
  /** PostgreSQL cannot keep a row. */
  | 'unstorable'
  /** The connection was lost, or the database cannot now; the same move may be started again. */
  | 'interrupted';

/** Why a move ended before its end. What it has moved so far is there, and `message` is for the person who started it. */
export class MoveError extends Error {
  override readonly name = 'MoveError';
  readonly reason: MoveFailure;

  constructor(reason: MoveFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}
