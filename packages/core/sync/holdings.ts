import { bucketDigests, bucketOf, decodeDigests, type Holdings, type Limits, type Position } from '@hongyan/protocol';

/** A conversation as a device would state it that holds all of it. */
export type Stateable = Omit<Position, 'readSeq'>;

/** A conversation, and what the device holds of it; undefined: nothing. */
export interface Stated<C extends Stateable> {
  conversation: C;
  position: Position | undefined;
}

export interface Comparison<C extends Stateable> {
  /** Those of which it is known what the device holds. */
  stated: Stated<C>[];
  /** The buckets whose digests differ, ascending: the device has to state their positions. */
  wantedBuckets: number[];
  /** Those in the wanted buckets. */
  unstated: C[];
}

/** Why `holdings` cannot be a device's statement; undefined when they can. */
export function holdingsFault({ positions, digests, digestBits }: Holdings, limits: Limits): string | undefined {
  if (positions.length > limits.positionsMax) return `more than ${limits.positionsMax} positions`;
  if (digests.length === 0 && digestBits === 0) return undefined;
  return decodeDigests(digests, digestBits) === undefined ? 'digests that do not fit digest_bits' : undefined;
}

/** Finds what of an account's conversations has to be looked at, in their order (SYN-9). `holdings` are without fault. */
export function compareHoldings<C extends Stateable>(known: readonly C[], holdings: Holdings): Comparison<C> {
  const digests = decodeDigests(holdings.digests, holdings.digestBits);
  if (digests === undefined) {
    return { stated: withPositions(known, holdings.positions), wantedBuckets: [], unstated: [] };
  }
  const hashes = new Set(holdings.positions.map(({ conversationHash }) => conversationHash));
  const named = known.filter(({ conversationHash }) => hashes.has(conversationHash));
  const others = known.filter(({ conversationHash }) => !hashes.has(conversationHash));
  const expected = bucketDigests(others, holdings.digestBits);
  const bucket = ({ conversationHash }: C) => bucketOf(conversationHash, holdings.digestBits);
  const unstated = others.filter((conversation) => expected[bucket(conversation)] !== digests[bucket(conversation)]);
  const wantedBuckets = [...new Set(unstated.map(bucket))].sort((a, b) => a - b);
  return { stated: withPositions(named, holdings.positions), wantedBuckets, unstated };
}

/** Puts positions to the conversations whose hash they have. One that fits two conversations says nothing of either. */
export function withPositions<C extends Stateable>(
  conversations: readonly C[],
  positions: readonly Position[],
): Stated<C>[] {
  const byHash = new Map(positions.map((position) => [position.conversationHash, position]));
  const seen = new Set<number>();
  for (const { conversationHash } of conversations) {
    if (seen.has(conversationHash)) byHash.delete(conversationHash);
    seen.add(conversationHash);
  }
  return conversations.map((conversation) => ({ conversation, position: byHash.get(conversation.conversationHash) }));
}
