import { setTimeout as wait } from 'node:timers/promises';
import { CloseCode, closeAdvice, type Holdings } from '@hongyan/protocol';
import { advisedDelayMs, growingDelayMs, promptDelayMs } from '@hongyan/sdk/engine/backoff';
import { GatewayList } from './gateway-list.ts';
import type { Target } from './link.ts';
import { Session, SessionEnd, type SessionListener } from './session.ts';

/** An attempt that says nothing for this long is given up, as the SDK does. */
const ATTEMPT_TIMEOUT_MS = 20_000;
const SENT_AWAY: readonly number[] = [CloseCode.OVERLOADED, CloseCode.GOING_AWAY];

/** What all clients of a storm count together. */
export interface Tally {
  /** Answers that nobody is admitted now. */
  refused: number;
  resumed: number;
  /** Attempts that failed for any other reason. */
  failed: number;
}

export interface ReturningParts {
  target: Target;
  index: number;
  accessToken: string;
  tally: Tally;
  listener: Omit<SessionListener, 'onEnd'>;
  holdings: () => Holdings | undefined;
  /** Signed in and up to date, the first time or again. */
  onLive: () => void;
  /** The connection is gone; it comes back by itself. */
  onCut: () => void;
}

/** Stays signed in as the SDK does: comes back with its pauses (CON-1, CON-2), where it was or is sent (CON-10), and goes on with its session. */
export class Returning {
  readonly #parts: ReturningParts;
  readonly #gateways: GatewayList;
  #session: Session | undefined;
  /** The last one, which may still be gone on with. */
  #former: Session | undefined;
  #delayMs = 0;

  constructor(parts: ReturningParts) {
    this.#parts = parts;
    this.#gateways = new GatewayList(parts);
  }

  /** undefined while it is away. */
  get session(): Session | undefined {
    return this.#session;
  }

  /** Tries until it is signed in. */
  async open(): Promise<void> {
    while (this.#session === undefined) {
      try {
        await this.#attempt();
      } catch (error) {
        if (!(error instanceof SessionEnd)) throw error;
        await this.#pause(error);
        await this.#gateways.turn(SENT_AWAY.includes(error.code) ? 'sent-away' : 'failed');
      }
    }
  }

  /** Ends the connection and stays away. */
  leave(): void {
    this.#session?.drop();
    this.#session = undefined;
  }

  /** Cuts the connection without a word, as a network does, and comes back. */
  cut(): void {
    this.#session?.drop();
    void this.#comeBack();
  }

  async #attempt(): Promise<void> {
    const { accessToken, holdings, index, listener, onLive, tally } = this.#parts;
    const bound = { ...bind(listener), onEnd: (end: SessionEnd) => void this.#comeBack(end) };
    const opening = Session.open(this.#gateways.target, index, accessToken, bound, {
      holdings: holdings(),
      resume: this.#former?.resume,
    });
    const session = await withTimeout(opening);
    if (session.resumed) tally.resumed += 1;
    this.#delayMs = 0;
    this.#session = session;
    this.#former = session;
    onLive();
  }

  async #comeBack(end?: SessionEnd): Promise<void> {
    this.#session = undefined;
    this.#parts.onCut();
    await wait(advisedDelayMs(end?.retryAfterMs ?? 0, promptDelayMs(Math.random())));
    if (end !== undefined && SENT_AWAY.includes(end.code)) {
      this.#former = undefined;
      await this.#gateways.turn('sent-away');
    }
    await this.open();
  }

  async #pause({ code, retryAfterMs }: SessionEnd): Promise<void> {
    if (code === CloseCode.OVERLOADED) this.#parts.tally.refused += 1;
    else this.#parts.tally.failed += 1;
    if (closeAdvice(code) === 'stop' || closeAdvice(code) === 'sign-in') throw new Error(`closed for good: ${code}`);
    this.#delayMs = growingDelayMs(this.#delayMs, Math.random());
    await wait(advisedDelayMs(retryAfterMs, this.#delayMs));
  }
}

const bind = (listener: ReturningParts['listener']) => ({
  onReply: listener.onReply.bind(listener),
  onPush: listener.onPush.bind(listener),
  onChunkEnd: listener.onChunkEnd.bind(listener),
});

async function withTimeout(opening: Promise<Session>): Promise<Session> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new SessionEnd('the attempt took too long')), ATTEMPT_TIMEOUT_MS);
  opening.catch(() => {});
  try {
    return await Promise.race([opening, promise]);
  } finally {
    clearTimeout(timer);
  }
}
