/** A result of the bench that is kept in the repository, with how it came to be. */
export interface Measured {
  /** Its file is `docs/measured/<name>.json`. */
  name: string;
  /** Does it again. */
  command: string;
  /** A day, as in ISO 8601. */
  measuredOn: string;
  /** What `--json` prints; which fields it has hangs on its `scenario`. */
  result: Readonly<Record<string, unknown>>;
}

export const MEASURED_FOLDER = new URL('../../../docs/measured/', import.meta.url).pathname;
