/** What a scenario found. */
export interface Outcome {
  /** For people. */
  lines: string[];
  /** For programs: the last line of `--json`. */
  json: object;
  /** Whether the server kept its promises. */
  good: boolean;
}
