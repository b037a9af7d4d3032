/** Whether what was found still happens with only these left. */
export type StillFails = (kept: readonly number[]) => Promise<boolean>;

/**
 * Delta debugging (Zeller and Hildebrandt's ddmin): leaves out ever smaller pieces as long as the rest still fails.
 * `budget` says how often it may be tried; the answer is the smallest that failed until then.
 */
export async function deltaDebug(
  all: readonly number[],
  stillFails: StillFails,
  budget: { triesLeft: number },
): Promise<readonly number[]> {
  let kept = all;
  let pieces = 2;
  while (kept.length > 0 && budget.triesLeft > 0) {
    const smaller = await withoutOnePiece(kept, Math.min(pieces, kept.length), stillFails, budget);
    if (smaller !== undefined) {
      kept = smaller;
      pieces = Math.max(2, pieces - 1);
    } else if (pieces >= kept.length) break;
    else pieces = Math.min(kept.length, pieces * 2);
  }
  return kept;
}

/** The later pieces first: they are more often of no account, the failure having happened before. */
async function withoutOnePiece(
  kept: readonly number[],
  pieces: number,
  stillFails: StillFails,
  budget: { triesLeft: number },
): Promise<readonly number[] | undefined> {
  const size = Math.ceil(kept.length / pieces);
  for (let piece = pieces - 1; piece >= 0 && budget.triesLeft > 0; piece--) {
    const rest = [...kept.slice(0, piece * size), ...kept.slice((piece + 1) * size)];
    if (rest.length === kept.length) continue;
    budget.triesLeft -= 1;
    if (await stillFails(rest)) return rest;
  }
  return undefined;
}
