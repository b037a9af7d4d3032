import type { Outcome } from '../engine/types.ts';
import type { Rest } from '../rest.ts';
import type { KeptGateways } from '../stores/store.ts';
import { SdkError } from '../types.ts';
import type { SessionKeeper } from './session-keeper.ts';

/** No answer counts for longer, whatever it says and whatever becomes of the device's clock. */
const KEEP_MAX_MS = 7 * 24 * 60 * 60_000;
/** Attempts in vain after which a server that said to stay is asked again: it may have become a cluster. */
const STAYING_FAILURES_MAX = 5;

export interface GatewaysParts {
  /** Its own address, as for REST. */
  server: string;
  rest: Rest;
  /** Keeps what the server said, with the session. */
  sessions: SessionKeeper;
}

/** All gateways are full; 1 is the next place. */
export interface Queued {
  place: number;
  retryAfterMs: number;
}

/** CON-10, CON-11: where to connect. Asks the server when what it said is of no use any more. */
export class Gateways {
  readonly #parts: GatewaysParts;
  #url: string;
  /** Which one of the list; it goes round. */
  #index = 0;
  /** Attempts in a row that failed, since the list was given. */
  #failures = 0;
  #isSentAway = false;
  /** The server is not asked before this. */
  #notBeforeMs = 0;

  constructor(parts: GatewaysParts) {
    this.#parts = parts;
    this.#url = parts.server;
  }

  /** Where the attempt goes that `next` was called for. */
  get url(): string {
    return this.#url;
  }

  /** Before an attempt: decides where it goes, or gives the place in the line. `last`: what became of the one before. */
  async next(last: Outcome, accessToken: string): Promise<Queued | undefined> {
    switch (last) {
      case 'lost':
        this.#failures = 0;
        return undefined;
      case 'failed':
      case 'sent-away':
        this.#index += 1;
        this.#failures += 1;
        this.#isSentAway ||= last === 'sent-away';
        break;
      case 'none':
    }
    const queued = this.#mustAsk(Date.now()) ? await this.#ask(accessToken) : undefined;
    const { sessions, server } = this.#parts;
    const { urls = [] } = sessions.gateways ?? {};
    this.#url = urls[this.#index % urls.length] || server;
    return queued;
  }

  #mustAsk(nowMs: number): boolean {
    if (nowMs < this.#notBeforeMs) return false;
    const { urls, untilMs } = this.#parts.sessions.gateways ?? { urls: [], untilMs: 0 };
    if (nowMs >= untilMs || untilMs - nowMs > KEEP_MAX_MS) return true;
    if (urls.length === 0) return this.#failures >= STAYING_FAILURES_MAX;
    return this.#isSentAway || this.#failures >= urls.length;
  }

  /** Where there is no answer, what was known before has to do. */
  async #ask(accessToken: string): Promise<Queued | undefined> {
    const { rest, sessions } = this.#parts;
    const { me, gateways: kept } = sessions;
    try {
      const answer = await rest.allocate(kept?.ticket, accessToken);
      // Somebody else may have signed in meanwhile.
      if (sessions.me?.deviceId !== me?.deviceId) return undefined;
      if ('place' in answer) {
        const { place, retryAfterMs, ticket } = answer;
        this.#keep({ urls: kept?.urls ?? [], untilMs: 0, ...(ticket && { ticket }) });
        return { place, retryAfterMs };
      }
      const urls = answer.gateways.map(({ url }) => url);
      this.#keep({ urls, untilMs: Date.now() + Math.min(answer.keepForMs, KEEP_MAX_MS) });
      this.#index = 0;
      this.#failures = 0;
      this.#isSentAway = false;
    } catch (error) {
      this.#notBeforeMs = Date.now() + (error instanceof SdkError ? error.retryAfterMs : 0);
    }
    return undefined;
  }

  /** What the store does not take is known at least until the program ends. */
  #keep(gateways: KeptGateways): void {
    this.#parts.sessions.keepGateways(gateways).catch(() => {});
  }
}
