import {
  bucketDigests,
  bucketOf,
  type ConversationId,
  DIGEST_BITS_MAX,
  encodeDigests,
  type Holdings,
  type Position,
  totalDigest,
} from '@hongyan/protocol';
import type { ConversationLog } from './conversation-log.ts';

/** How many conversations are always stated one by one: those where something is most likely to have happened. */
const RECENT_MAX = 16;
const CONVERSATIONS_PER_BUCKET = 8;

/** SYN-20: what this device states of what it holds, and what the server may not have heard of it. */
export class HoldingsStatements {
  readonly #logs: () => Iterable<ConversationLog>;
  /** Told to the server since it was last known to have heard; the connection may have been lost before it did. */
  #told = new Set<ConversationId>();
  /** Told before the statement or comparison that is under way. */
  readonly #confirming = new Set<ConversationId>();
  #digestBits = 0;
  #stated = new Set<ConversationId>();

  constructor(logs: () => Iterable<ConversationLog>) {
    this.#logs = logs;
  }

  told(conversationId: ConversationId): void {
    this.#told.add(conversationId);
  }

  /** What Hello and Synchronise say. RCP-1: positions and digests claim only what the store has. */
  state(userSeq: number, positionsMax: number): Holdings {
    const held = this.#held().sort((a, b) => activity(b) - activity(a));
    const news = held.slice(RECENT_MAX).filter((log) => this.#told.has(log.conversationId) || log.hasUntold);
    const named = [...held.slice(0, RECENT_MAX), ...news].slice(0, positionsMax);
    this.#stated = new Set(named.map(({ conversationId }) => conversationId));
    const positions = named.map((log) => this.#position(log));
    this.compare();
    const others = held.filter(({ conversationId }) => !this.#stated.has(conversationId)).map((log) => log.position);
    this.#digestBits = digestBitsFor(others.length);
    const digests = others.length === 0 ? new Uint8Array(0) : encodeDigests(bucketDigests(others, this.#digestBits));
    return { userSeq, positions, digestBits: this.#digestBits, digests };
  }

  /** The answer to PositionsWanted: all in these buckets that were not stated one by one. */
  positionsIn(buckets: readonly number[]): Position[] {
    const wanted = new Set(buckets);
    const found = this.#held().filter(
      ({ conversationId, hash }) => !this.#stated.has(conversationId) && wanted.has(bucketOf(hash, this.#digestBits)),
    );
    for (const { conversationId } of found) this.#stated.add(conversationId);
    const positions = found.map((log) => this.#position(log));
    this.compare();
    return positions;
  }

  /** Over all conversations held: what Ping states. */
  digest(): number {
    return totalDigest(this.#held().map((log) => log.position));
  }

  /** The server is going to compare: what it was told before will be known to have been heard. */
  compare(): void {
    for (const conversationId of this.#told) this.#confirming.add(conversationId);
    this.#told.clear();
  }

  /** The comparison is over, and nothing of what was told is missing. Gives what is known to have been heard now. */
  confirmed(): ConversationId[] {
    const heard = [...this.#confirming];
    this.#confirming.clear();
    return heard;
  }

  /** What the server has to be told again, as nothing says that it heard. */
  takeUnconfirmed(): ConversationId[] {
    this.compare();
    const unconfirmed = [...this.#confirming];
    this.#confirming.clear();
    return unconfirmed;
  }

  /** A comparison will not be answered any more. */
  connectionLost(): void {
    for (const conversationId of this.#confirming) this.#told.add(conversationId);
    this.#confirming.clear();
  }

  #position(log: ConversationLog): Position {
    if (log.hasUntold) this.#told.add(log.conversationId);
    return log.state();
  }

  #held(): ConversationLog[] {
    return [...this.#logs()].filter((log) => log.durableToSeq > 0);
  }
}

const activity = ({ lastEntry }: ConversationLog) => lastEntry?.serverTimeMs ?? 0;

/** About eight conversations fall into each bucket. */
function digestBitsFor(count: number): number {
  return Math.min(DIGEST_BITS_MAX, Math.max(0, Math.ceil(Math.log2(Math.max(1, count) / CONVERSATIONS_PER_BUCKET))));
}
