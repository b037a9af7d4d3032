import { type Feature, PROTOCOL_VERSION, type Push, type Reply, type Welcome } from '@hongyan/protocol';
import type { Commands, Purpose, SessionPurpose, Unanswered } from './commands.ts';
import { Comparison, type HeldStatement } from './comparison.ts';
import type { Replica } from './replica.ts';
import { Resumption } from './resumption.ts';
import { ServerClock } from './server-clock.ts';
import type { Moment } from './types.ts';

type Answer = NonNullable<Reply['body']>;
type SessionPush = Extract<NonNullable<Push['body']>, { case: 'positionsWanted' | 'synced' | 'comparisonWanted' }>;

const USER_SEQ_UNKNOWN = 0;

/** What both sides say to keep a session: who and what the device holds, signs of life, comparison, going on where it was. */
export class Session {
  readonly clock = new ServerClock();
  readonly #commands: Commands;
  readonly #resumption = new Resumption();
  readonly #comparison = new Comparison();
  /** What the ping said that has it compared. */
  #compared: HeldStatement = { userSeq: USER_SEQ_UNKNOWN, digest: 0 };
  /** Whether the server goes on with the session instead of comparing what the device holds. */
  #isResuming = false;

  constructor(commands: Commands) {
    this.#commands = commands;
  }

  hello(replica: Replica, said: { features: Feature[]; accessToken: string; client: string }, at: Moment): void {
    const value = {
      protocolVersion: PROTOCOL_VERSION,
      ...said,
      holdings: replica.sync.statements.state(replica.userLog.state(), replica.limits.positionsMax),
      resume: this.#resumption.resume,
    };
    this.#commands.ask({ case: 'hello', value }, { kind: 'hello' }, at.nowMs);
  }

  welcomed(replica: Replica, { sessionId, resumed }: Welcome): void {
    this.#isResuming = resumed;
    this.#resumption.welcomed(sessionId, resumed);
    if (!resumed) replica.userLog.compared();
  }

  /**
   * A sign of life. SYN-22: at rest it also has compared what the device holds. Answers whether a comparison is still wanted
   * that the device is too busy for (SES-17).
   */
  ping(replica: Replica, said: { nextWithinMs: number; isLive: boolean }, at: Moment): boolean {
    const { nextWithinMs, isLive } = said;
    const isAtRest = isLive && this.#commands.unansweredCount === 0 && replica.journal.unstoredCount === 0;
    const compare = isAtRest && this.#comparison.isDue(at.nowMs);
    const { statements } = replica.sync;
    if (compare) {
      this.#comparison.compared(at.nowMs);
      statements.compare();
    }
    const held = compare
      ? { userSeq: replica.userLog.seq, digest: statements.digest() }
      : { userSeq: USER_SEQ_UNKNOWN, digest: 0 };
    if (compare) this.#compared = held;
    const value = { nextWithinMs, compare, ...held };
    this.#commands.ask({ case: 'ping', value }, { kind: compare ? 'compare' : 'ping' }, at.nowMs);
    return this.#comparison.isWanted;
  }

  /** Any push but Closing, before it is taken. */
  counted(at: Moment): void {
    this.#resumption.pushed();
    this.#comparison.pushed(at.nowMs);
  }

  pushed(replica: Replica, body: SessionPush, at: Moment): void {
    switch (body.case) {
      case 'positionsWanted': {
        const positions = replica.sync.statements.positionsIn(body.value.buckets);
        this.#commands.ask({ case: 'statePositions', value: { positions } }, { kind: 'statePositions' }, at.nowMs);
        return;
      }
      case 'comparisonWanted':
        this.#comparison.wanted();
        return;
      case 'synced':
        this.#resumption.synced();
        this.#comparison.compared(at.nowMs);
        if (this.#isResuming) {
          replica.userLog.reaches(body.value.userSeq);
          return;
        }
        replica.sync.heard();
        replica.userLogCovered(body.value.userSeq);
    }
  }

  /** Whether the session goes on from another connection, so that what was said last may not have been heard. */
  get isResuming(): boolean {
    return this.#isResuming;
  }

  /** What an answer says of the server's clock. */
  timed({ purpose, sentAtMs }: Unanswered, body: Answer, at: Moment): void {
    const roundTrip = { sentAtMs, receivedAtMs: at.nowMs };
    if (body.case === 'welcome' || body.case === 'pong') {
      this.clock.observe({ ...roundTrip, serverTimeMs: body.value.serverTimeMs });
    } else if (body.case === 'messageSent' && purpose.kind === 'send') {
      this.clock.observeDoubtful({ ...roundTrip, serverTimeMs: body.value.serverTimeMs });
    }
  }

  /** Why the connection cannot go on after this answer; undefined when it can. */
  answered(
    replica: Replica,
    purpose: Exclude<SessionPurpose, { kind: 'hello' }>,
    body: Answer,
    at: Moment,
  ): string | undefined {
    switch (purpose.kind) {
      case 'ping':
        return undefined;
      case 'synchronise':
        if (body.case !== 'error') return undefined;
        // What was stated may not have been heard, so that sums agree which should not: only a Hello says all of it again.
        this.#resumption.forget();
        return 'the device was not brought up to date';
      case 'statePositions':
        return body.case === 'error' ? 'the positions were not taken' : undefined;
      case 'compare':
        if (body.case === 'pong') this.#comparisonAnswered(replica, body.value.differs, at);
        return undefined;
    }
  }

  /** `unanswered`: what the connection leaves without an answer. */
  lost(replica: Replica, code: number, unanswered: readonly Purpose[]): void {
    this.#resumption.lost(code);
    // In the middle of a comparison nobody knows what has still to be said.
    if (unanswered.some(({ kind }) => kind === 'synchronise')) this.#resumption.forget();
    replica.sync.statements.connectionLost();
  }

  signedOut(): void {
    this.#resumption.forget();
    this.#comparison.reset();
  }

  #comparisonAnswered(replica: Replica, differs: boolean, at: Moment): void {
    this.#comparison.answered(differs, this.#compared);
    if (!differs) {
      replica.sync.heard();
      return;
    }
    if (this.#commands.count(['synchronise']) > 0) return;
    const holdings = replica.sync.statements.state(replica.userLog.state(), replica.limits.positionsMax);
    replica.userLog.compared();
    this.#isResuming = false;
    this.#commands.ask({ case: 'synchronise', value: { holdings } }, { kind: 'synchronise' }, at.nowMs);
  }
}
