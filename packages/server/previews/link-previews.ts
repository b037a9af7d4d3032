import { BoundedMap, type Clock, type Logger } from '@hongyan/core';
import { ErrorCode, ProtocolError, type UserId } from '@hongyan/protocol';
import { Gate } from '../logic/gate.ts';
import { type Found, findPreview } from './find-preview.ts';
import type { LinkPreview } from './link-preview.ts';
import type { Network } from './network.ts';
import { parsePageUrl } from './page-url.ts';

/** From the first name that is looked up to the end of the head. */
const VISIT_DEADLINE_MS = 5_000;
/** Longer, nobody who writes a message waits for its turn. */
const WAIT_MS = 4_000;
const VISITS = { runningMax: 16, waitingMax: 8 };
/** How long an answer is good. What failed may work soon. */
const KEPT_MS = { preview: 30 * 60_000, none: 2 * 60_000 };
/** A preview has 4 KB at most, and two addresses of 2 KB. */
const KEPT_MAX = 1_000;

export type PreviewAnswer =
  | { kind: 'preview'; preview: LinkPreview }
  | { kind: 'unavailable' }
  | { kind: 'overloaded'; retryAfterMs: number };

export interface LinkPreviewsParts {
  network: Network;
  clock: Clock;
  logger: Logger;
  ownHosts?: readonly string[];
}

interface Kept {
  found: Promise<Found>;
  /** Not before the visit has ended. */
  untilMs: number;
}

/** Finds out what pages say of themselves, for whoever writes a message with a link, so that nobody who reads it has to ask. */
export class LinkPreviews {
  readonly #parts: LinkPreviewsParts;
  readonly #visits = new Set<AbortController>();
  readonly #gate = new Gate(VISITS);
  /** By account and address: how fast an answer comes tells nobody what others have asked for. */
  readonly #kept = new BoundedMap<string, Kept>(KEPT_MAX);

  constructor(parts: LinkPreviewsParts) {
    this.#parts = parts;
  }

  /** What is shown of a link. Asked for again by the same account, it gives the same answer for a while, also while the page is being read. */
  async preview(userId: UserId, address: string): Promise<PreviewAnswer> {
    const url = parsePageUrl(address);
    if (url === undefined) return { kind: 'unavailable' };
    const key = `${userId} ${url.href}`;
    let kept = this.#kept.get(key);
    if (kept === undefined || kept.untilMs <= this.#parts.clock.now()) {
      kept = { found: this.#visitInTurn(userId, url.href), untilMs: Number.POSITIVE_INFINITY };
      this.#kept.set(key, kept);
      this.#keep(kept);
    }
    try {
      const found = await kept.found;
      return found.kind === 'preview' ? found : { kind: 'unavailable' };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { kind: 'overloaded', retryAfterMs: error.retryAfterMs };
    }
  }

  /** Ends what is under way. */
  close(): void {
    for (const visit of this.#visits) visit.abort();
  }

  #keep(kept: Kept): void {
    const { clock } = this.#parts;
    const keepFor = (ms: number) => {
      kept.untilMs = clock.now() + ms;
    };
    kept.found.then(
      ({ kind }) => keepFor(KEPT_MS[kind]),
      () => keepFor(0),
    );
  }

  #visitInTurn(userId: UserId, address: string): Promise<Found> {
    const untilMs = this.#parts.clock.now() + WAIT_MS;
    return this.#gate.run(
      userId,
      () => this.#visit(address),
      () => this.#parts.clock.now() <= untilMs,
    );
  }

  async #visit(address: string): Promise<Found> {
    const { network, clock, logger, ownHosts = [] } = this.#parts;
    const visit = new AbortController();
    this.#visits.add(visit);
    const cancel = clock.schedule(VISIT_DEADLINE_MS, () => visit.abort());
    try {
      const found = await findPreview(address, { network, ownHosts, signal: visit.signal });
      if (found.kind === 'none') logger.debug({ reason: found.reason }, 'no preview of a link');
      return found;
    } finally {
      cancel();
      this.#visits.delete(visit);
    }
  }
}

function isRefusal(error: unknown): error is ProtocolError {
  const codes: ErrorCode[] = [ErrorCode.OVERLOADED, ErrorCode.DEADLINE_EXCEEDED];
  return error instanceof ProtocolError && codes.includes(error.code);
}
