import type { Clock } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import type { Logic } from '../../logic/index.ts';

/** Accounts that leave within this time are told to logic together. */
export const LEFT_GATHERED_MS = 1_000;
const ACCOUNTS_MAX = 20_000;
/** In one request. */
const PART = 1_000;

export interface LeftAccountsParts {
  clock: Clock;
  logic: Pick<Logic, 'left'>;
}

/** Accounts whose last connection here ended, on the way to where it is kept when they were seen last. */
export class LeftAccounts {
  readonly #parts: LeftAccountsParts;
  #userIds = new Set<UserId>();
  #seenMs = 0;
  #cancel: (() => void) | undefined;

  constructor(parts: LeftAccountsParts) {
    this.#parts = parts;
  }

  add(userId: UserId, seenMs: number): void {
    if (this.#userIds.size < ACCOUNTS_MAX) this.#userIds.add(userId);
    this.#seenMs = Math.max(this.#seenMs, seenMs);
    this.#cancel ??= this.#parts.clock.schedule(LEFT_GATHERED_MS, () => this.flush());
  }

  flush(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    const userIds = [...this.#userIds];
    this.#userIds = new Set();
    for (let at = 0; at < userIds.length; at += PART) {
      this.#parts.logic.left(userIds.slice(at, at + PART), this.#seenMs);
    }
  }
}
