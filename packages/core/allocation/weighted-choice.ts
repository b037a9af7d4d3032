/**
 * One of `items`, each with a chance in proportion to its weight; undefined when none has any. Better than the heaviest:
 * thousands choose by the same old figures, and are to share what there is (Mitzenmacher, "How useful is old
 * information?", 2000). `random` is in [0, 1).
 */
export function weightedChoice<T>(items: readonly T[], weightOf: (item: T) => number, random: number): T | undefined {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0);
  let rest = random * total;
  let chosen: T | undefined;
  for (const item of items) {
    const weight = weightOf(item);
    if (weight <= 0) continue;
    chosen = item;
    rest -= weight;
    if (rest < 0) break;
  }
  return chosen;
}
