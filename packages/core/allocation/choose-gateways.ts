import { type Candidate, LAST_PLACES_SHARE } from './candidate.ts';
import { weightedChoice } from './weighted-choice.ts';

export interface Choice {
  /** Nodes with room. */
  open: readonly Candidate[];
  /** Those of them that may get somebody now. */
  ready: readonly Candidate[];
  /** Preferred while it has more than its last places. */
  site: string | undefined;
}

/**
 * Up to three nodes, best first; none when no node is ready. The first one is where the client is expected; the second is
 * for when that has died, and the last one stands elsewhere, for when the whole site has.
 */
export function chooseGateways({ open, ready, site }: Choice, random: () => number): Candidate[] {
  const first = choose(preferred(ready, isRoomy(open, site) ? site : undefined), random);
  if (first === undefined) return [];
  const chosen = [first];
  for (const isElsewhere of [false, true]) {
    const left = open.filter((node) => !chosen.includes(node));
    const wanted = left.filter((node) => (node.site !== first.site) === isElsewhere);
    const next = choose(wanted.length > 0 ? wanted : left, random);
    if (next !== undefined) chosen.push(next);
  }
  return chosen;
}

const choose = (nodes: readonly Candidate[], random: () => number): Candidate | undefined =>
  weightedChoice(nodes, ({ weight }) => weight, random());

function preferred(nodes: readonly Candidate[], site: string | undefined): readonly Candidate[] {
  const own = nodes.filter((node) => node.site === site);
  return own.length > 0 ? own : nodes;
}

function isRoomy(open: readonly Candidate[], site: string | undefined): boolean {
  const own = open.filter((node) => node.site === site);
  const free = own.reduce((sum, node) => sum + node.free, 0);
  return free > own.reduce((sum, { connectionsMax }) => sum + connectionsMax, 0) * LAST_PLACES_SHARE;
}
