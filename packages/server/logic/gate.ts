import { ErrorCode, ProtocolError, type UserId } from '@hongyan/protocol';

const RETRY_AFTER_MS = 1_000;

export interface GateBounds {
  /** Tasks at once. */
  runningMax: number;
  /** Tasks of one account whose turn has not come. */
  waitingMax: number;
}

/** Whether a task's outcome is still waited for, asked when its turn comes. */
export type IsWanted = () => boolean;

interface Waiting {
  isWanted: IsWanted;
  start(): void;
  refuse(error: ProtocolError): void;
}

const always: IsWanted = () => true;

/**
 * Lets a bounded number of tasks run at once. The others wait; accounts take turns, and each account's tasks keep their
 * order, so that nobody waits longer for how much another account asks (LOD-8).
 */
export class Gate {
  readonly #bounds: GateBounds;
  /** By account, the one whose turn is next first. None is empty. */
  readonly #waiting = new Map<UserId, Waiting[]>();
  #waitingCount = 0;
  #running = 0;

  constructor(bounds: GateBounds) {
    this.#bounds = bounds;
  }

  /** Tasks whose turn has not come, of one account or all. */
  waitingCount(userId?: UserId): number {
    return userId === undefined ? this.#waitingCount : (this.#waiting.get(userId)?.length ?? 0);
  }

  /**
   * Rejects with ProtocolError, and without having begun the task: OVERLOADED when too many of the account wait,
   * DEADLINE_EXCEEDED when it was not wanted any more as its turn came.
   */
  async run<T>(userId: UserId, task: () => Promise<T>, isWanted: IsWanted = always): Promise<T> {
    if (this.#running < this.#bounds.runningMax) this.#running += 1;
    else await this.#turn(userId, isWanted);
    try {
      return await task();
    } finally {
      this.#passOn();
    }
  }

  #turn(userId: UserId, isWanted: IsWanted): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = { isWanted, start: resolve, refuse: reject };
    const before = this.#waiting.get(userId);
    if (before === undefined) this.#waiting.set(userId, [waiting]);
    else if (before.length < this.#bounds.waitingMax) before.push(waiting);
    else throw new ProtocolError(ErrorCode.OVERLOADED, 'too much that this account asked for waits', RETRY_AFTER_MS);
    this.#waitingCount += 1;
    return promise;
  }

  /** Gives the place of a task that has ended to the next one. */
  #passOn(): void {
    for (const [userId, waiting] of this.#waiting) {
      const next = this.#takeWanted(waiting);
      this.#waiting.delete(userId);
      if (waiting.length > 0) this.#waiting.set(userId, waiting);
      if (next === undefined) continue;
      next.start();
      return;
    }
    this.#running -= 1;
  }

  #takeWanted(waiting: Waiting[]): Waiting | undefined {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      this.#waitingCount -= 1;
      if (next.isWanted()) return next;
      next.refuse(new ProtocolError(ErrorCode.DEADLINE_EXCEEDED, 'nobody waits for it any more'));
    }
    return undefined;
  }
}
