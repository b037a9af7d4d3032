import { isShed, type LoadLevel, SHEDDING_ORDER } from '../load/load-class.ts';
import { type Rate, TokenBucket } from '../load/token-bucket.ts';
import type { NodeAnnouncement } from './announcement.ts';

/** A node that was not heard for this long is taken for gone: two announcements in a row are missing, and a little. */
export const SILENT_AFTER_MS = 3_000;
/** The part of a node's rate that is given out evenly; */
const STEADY_SHARE = 0.9;
/** the rest may come at once after a quiet time, so that no second has more than the node's rate. */
const BURST_SHARE = 0.1;
/** The last places, as part of all, are filled the more slowly the fewer are left: others are to be as full as that first. */
export const LAST_PLACES_SHARE = 0.1;
/** Where the rate is small, two may come together all the same, so that a place in it is not lost to a little jitter. */
const BURST_MIN = 2;
/** What was given out is counted on top of announcements for at least so long: whoever was sent is still on the way. */
const UNDER_WAY_MS = 1_000;

/** What an allocator heard. */
export interface Said {
  announcement: NodeAnnouncement;
  saidAtMs: number;
  /** How many allocators give out the node at that time. */
  allocators: number;
}

/** A node as an allocator sees it: what it said last, and what the allocator has given out itself since then. */
export class Candidate {
  #said: Said;
  readonly #bucket: TokenBucket;
  /** Given out since `#countedFromMs`, and in the time before. */
  #given = 0;
  #givenBefore = 0;
  #countedFromMs: number;

  constructor(said: Said, nowMs: number) {
    this.#said = said;
    this.#countedFromMs = nowMs;
    this.#bucket = new TokenBucket(rateOf(said), nowMs);
  }

  get nodeId(): string {
    return this.#said.announcement.nodeId;
  }

  get site(): string {
    return this.#said.announcement.site;
  }

  get connectionsMax(): number {
    return this.#said.announcement.connectionsMax;
  }

  /** What may be given out in a second in the long run. */
  get perSecond(): number {
    return rateOf(this.#said).perSecond;
  }

  /** How many more it holds, when all allocators gave out as much as this one since its last announcements. */
  get free(): number {
    const { connections, connectionsMax } = this.#said.announcement;
    return Math.max(0, connectionsMax - connections - (this.#given + this.#givenBefore) * this.#said.allocators);
  }

  /** How much it is to be chosen in comparison to others: by its free places, less the more it sheds. */
  get weight(): number {
    return this.free * calmness(this.#said.announcement.loadLevel);
  }

  silentForMs(nowMs: number): number {
    return nowMs - this.#said.saidAtMs;
  }

  /** Whether anybody may be sent there, now or as soon as the rate allows it. */
  isOpen(nowMs: number): boolean {
    const { isDraining, handshakesPerSecond } = this.#said.announcement;
    return !isDraining && handshakesPerSecond > 0 && this.silentForMs(nowMs) < SILENT_AFTER_MS && this.weight > 0;
  }

  /** What was said before what is known already is of no use. */
  hear(said: Said, nowMs: number): void {
    if (said.saidAtMs < this.#said.saidAtMs) return;
    this.#said = said;
    this.#bucket.setRate(rateOf(said), nowMs);
    if (nowMs - this.#countedFromMs < UNDER_WAY_MS) return;
    this.#givenBefore = this.#given;
    this.#given = 0;
    this.#countedFromMs = nowMs;
  }

  /** Whether the rate allows one more now. */
  isReady(nowMs: number): boolean {
    return this.#bucket.available(nowMs) >= 1;
  }

  /** Whether so much of the rate was left unused that nobody in the line is waiting for it. */
  isIdle(nowMs: number): boolean {
    return this.#bucket.available(nowMs) >= rateOf(this.#said).burst;
  }

  /** Somebody is sent there. */
  give(nowMs: number): void {
    this.#bucket.take(1, nowMs);
    this.#given += 1;
  }
}

/** Every allocator gives out an equal part of what the node takes, so that they need not know of each other's decisions. */
function rateOf({ announcement, allocators }: Said): Rate {
  const { connections, connectionsMax, handshakesPerSecond } = announcement;
  const slowdown = Math.min(1, Math.max(0, connectionsMax - connections) / (connectionsMax * LAST_PLACES_SHARE));
  const share = (handshakesPerSecond / allocators) * slowdown;
  return { perSecond: share * STEADY_SHARE, burst: Math.max(BURST_MIN, share * BURST_SHARE) };
}

/** 1 for a node that sheds nothing; 0 for one that sheds reads of state, one step before it turns handshakes away itself. */
function calmness(level: LoadLevel): number {
  return isShed('state', level) ? 0 : 1 - level / (SHEDDING_ORDER.indexOf('state') + 1);
}
