/** The first transport is the better one; the second gets through where the first does not. */
export type Path = 'first' | 'second';

/** Attempts over the first transport that bring no frame before the second one is tried. */
const FAILURES_MAX = 2;
const PROBE_DELAY_FIRST_MS = 5_000;
const PROBE_DELAY_MIN_MS = 60_000;
const PROBE_DELAY_MAX_MS = 600_000;

/** What is known of the two ways to the server. */
export interface PathKnowledge {
  /** Attempts over the first transport in a row that ended before a frame came. */
  readonly failures: number;
  /** Probes of the first transport in a row that did not bring the connection back to it. */
  readonly probes: number;
}

export const NOTHING_KNOWN: PathKnowledge = { failures: 0, probes: 0 };

export const nextPath = ({ failures }: PathKnowledge): Path => (failures < FAILURES_MAX ? 'first' : 'second');

/** A frame came: this way gets through. */
export const afterFrame = (known: PathKnowledge, path: Path): PathKnowledge =>
  path === 'first' ? NOTHING_KNOWN : known;

/** The first transport was refused before it opened: no need to try it again soon. */
export const afterRefusal = (known: PathKnowledge): PathKnowledge => ({ ...known, failures: FAILURES_MAX });

/** An attempt ended before a frame came. When neither way gets through, nothing is known of either. */
export const afterFailure = (known: PathKnowledge, path: Path): PathKnowledge =>
  path === 'first' ? { ...known, failures: known.failures + 1 } : { ...known, failures: 0 };

/**
 * The first transport was tried beside the second. Where it opened, the next attempt is over it; should no frame come
 * through after all, one failure is enough to go back, and probes stay as rare as they had become.
 */
export const afterProbe = (known: PathKnowledge, opened: boolean): PathKnowledge => ({
  failures: opened ? FAILURES_MAX - 1 : known.failures,
  probes: known.probes + 1,
});

/**
 * How long to wait with the next probe. The first one is made soon, as perhaps the server was away when the first transport
 * failed, but not before the session has had time to be brought up to date. `random` is in [0, 1).
 */
export function probeDelayMs({ probes }: PathKnowledge, random: number): number {
  const growingMs = Math.min(PROBE_DELAY_MAX_MS, PROBE_DELAY_MIN_MS * 2 ** (probes - 1));
  return (probes === 0 ? PROBE_DELAY_FIRST_MS : growingMs) * (0.75 + random / 4);
}
