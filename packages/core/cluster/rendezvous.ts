import { mix } from '@hongyan/protocol';

/** Something that keys are spread over. */
export interface Weighed {
  /** 32 bits that are its own. */
  readonly hash: number;
}

/**
 * Which of `nodes` a key belongs to: the same one for everybody who knows the same nodes, and when one comes or goes only the
 * keys that it gets or had move (highest random weight: Thaler and Ravishankar, 1998). undefined: there are no nodes.
 */
export function nodeFor<Node extends Weighed>(key: number, nodes: readonly Node[]): Node | undefined {
  let best: Node | undefined;
  let bestWeight = -1;
  for (const node of nodes) {
    const weight = mix(key ^ node.hash);
    if (weight <= bestWeight) continue;
    best = node;
    bestWeight = weight;
  }
  return best;
}
