/** What an error of PostgreSQL or of the way to it means for those who were waiting. */
export type Failure =
  /** Another transaction was faster; the same thing may succeed at once. */
  | 'conflict'
  /** Something in what was asked cannot be stored; the rest of its batch can. */
  | 'unstorable'
  /** The database cannot now, and the connection is as good as before. */
  | 'busy'
  /** The connection is of no use any more, and a commit that was under way may have happened. */
  | 'disconnected';

const CONFLICTS = new Set(['23505', '40001', '40P01']);
/** Data exceptions, other broken constraints, limits of a row or statement. */
const UNSTORABLE = /^(22|23|54)/;
/** Connection trouble, shutdown, and a server that became a standby. */
const DISCONNECTED = /^(08|57P|25006|25P)/;

export function failureOf(error: unknown): Failure {
  const code = sqlState(error);
  if (code === undefined || DISCONNECTED.test(code)) return 'disconnected';
  if (CONFLICTS.has(code)) return 'conflict';
  return UNSTORABLE.test(code) ? 'unstorable' : 'busy';
}

export function describe(error: unknown): string {
  if (sqlState(error) === '53100') return 'disk-full';
  if (!(error instanceof Error)) return String(error);
  // Node's error for a host of several addresses has no message.
  return error.message || ('code' in error ? String(error.code) : error.name);
}

/** The five characters of a server's error; undefined for everything that happened on this side or on the way. */
function sqlState(error: unknown): string | undefined {
  const code = error instanceof Error && 'severity' in error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
