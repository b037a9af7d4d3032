import { type Clock, holdingsFault } from '@hongyan/core';
import { ErrorCode, encodePush, type Holdings, type Limits, type Position, ProtocolError } from '@hongyan/protocol';
import type { Logic, SyncTarget } from '../logic/index.ts';
import type { SessionStream } from './session-stream.ts';

/** How long a device has for StatePositions before its silence counts as holding nothing (SYN-9). */
const POSITIONS_TIMEOUT_MS = 10_000;
const SYNC_RETRY_AFTER_MS = 1_000;

export interface SessionSyncParts {
  logic: Logic;
  clock: Clock;
  limits: Limits;
}

/** Brings the device behind one connection up to date, after Hello and whenever it asks (SYN-11). */
export class SessionSync implements SyncTarget {
  readonly #parts: SessionSyncParts;
  readonly #stream: SessionStream;
  #isRunning = false;
  #isStopped = false;
  /** Takes the positions that were asked for. */
  #take: ((positions: readonly Position[]) => void) | undefined;
  /** Questions whose answers may still come, and are too late. */
  #givenUp = 0;

  constructor(parts: SessionSyncParts, stream: SessionStream) {
    this.#parts = parts;
    this.#stream = stream;
  }

  /**
   * Pushes all that differs, what was held back meanwhile, and Synced. Rejects with ProtocolError when `holdings` are no
   * device's, when it runs already or was stopped, and with StoreError.
   */
  async run(holdings: Holdings): Promise<void> {
    if (this.#isRunning) {
      throw new ProtocolError(ErrorCode.OVERLOADED, 'is being brought up to date already', SYNC_RETRY_AFTER_MS);
    }
    const { logic, clock, limits } = this.#parts;
    const fault = holdingsFault(holdings, limits);
    if (fault !== undefined) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, fault);
    this.#isRunning = true;
    this.#stream.holdBack();
    try {
      const covered = await logic.synchronise(this.#stream.caller, holdings, this);
      if (covered === undefined) throw new ProtocolError(ErrorCode.UNAVAILABLE, 'the session ends');
      this.#stream.caughtUp(covered.userSeq, clock.now());
    } finally {
      this.#isRunning = false;
      this.#stream.letThrough();
    }
  }

  /** The answer to PositionsWanted; too late, it changes nothing. Rejects with ProtocolError when nothing was asked, or too much is answered. */
  async positionsStated(positions: readonly Position[]): Promise<void> {
    const { positionsMax } = this.#parts.limits;
    if (positions.length > positionsMax) {
      throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, `more than ${positionsMax} positions`);
    }
    if (this.#givenUp > 0) this.#givenUp -= 1;
    else if (this.#take !== undefined) this.#take(positions);
    else throw new ProtocolError(ErrorCode.OUT_OF_TURN, 'no positions are wanted');
  }

  /** Nobody listens any more. */
  stop(): void {
    this.#isStopped = true;
    this.#take?.([]);
  }

  push(frame: Uint8Array): void {
    if (!this.#isStopped) this.#stream.backlog(frame);
  }

  positionsIn(buckets: readonly number[]): Promise<readonly Position[]> {
    return new Promise((resolve) => {
      const take = (positions: readonly Position[]) => {
        cancel();
        this.#take = undefined;
        resolve(positions);
      };
      const giveUp = () => {
        this.#givenUp += 1;
        take([]);
      };
      const cancel = this.#parts.clock.schedule(POSITIONS_TIMEOUT_MS, giveUp);
      this.#take = take;
      this.push(encodePush({ case: 'positionsWanted', value: { buckets: [...buckets] } }));
    });
  }

  ended(): boolean {
    return this.#isStopped;
  }
}
