import type { Candidate } from './candidate.ts';
import { weightedChoice } from './weighted-choice.ts';

/** The own site is preferred while more than this part of it is free: the last places are for when others have none. */
const PREFERRED_FREE_SHARE = 0.1;

export interface Choice {
  /** Nodes with room. */
  open: readonly Candidate[];
  /** Those of them that may get somebody now. */
  ready: readonly Candidate[];
  /** Preferred while it has room. */
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
  return free > own.reduce((sum, { connectionsMax }) => sum + connectionsMax, 0) * PREFERRED_FREE_SHARE;
}
