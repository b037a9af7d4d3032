import type { Clock } from '@hongyan/core';
import type { DevicePresence, UserId } from '@hongyan/protocol';
import { WatchedAccount, type Watcher } from './watched-account.ts';

export interface WatchedParts {
  clock: Clock;
  devicesHere: (userId: UserId) => DevicePresence[];
}

/** All accounts that sessions of this node watch. */
export class Watched {
  readonly #parts: WatchedParts;
  readonly #accounts = new Map<UserId, WatchedAccount>();
  /** Those whose choice ends by itself. */
  readonly #ending = new Set<WatchedAccount>();
  #rest: MapIterator<UserId> | undefined;

  constructor(parts: WatchedParts) {
    this.#parts = parts;
  }

  get size(): number {
    return this.#accounts.size;
  }

  get(userId: UserId): WatchedAccount | undefined {
    return this.#accounts.get(userId);
  }

  /** `isNew`: nobody watched it before. */
  add(userId: UserId, watcher: Watcher): { account: WatchedAccount; isNew: boolean } {
    const known = this.#accounts.get(userId);
    const account = known ?? new WatchedAccount(userId);
    account.watchers.add(watcher);
    if (known !== undefined) return { account, isNew: false };
    this.#accounts.set(userId, account);
    account.heldHere(this.#parts.devicesHere(userId), this.#parts.clock.now());
    return { account, isNew: true };
  }

  remove(account: WatchedAccount, watcher: Watcher): void {
    account.watchers.delete(watcher);
    if (account.watchers.size > 0) return;
    this.#accounts.delete(account.userId);
    this.#ending.delete(account);
  }

  changedHere(userId: UserId): void {
    const { clock, devicesHere } = this.#parts;
    this.#accounts.get(userId)?.heldHere(devicesHere(userId), clock.now());
  }

  lostGateways(areGone: (gatewayId: string) => boolean): void {
    const nowMs = this.#parts.clock.now();
    for (const account of this.#accounts.values()) account.lostGateways(areGone, nowMs);
  }

  /** What is known of how the account is to be seen has changed. */
  appearanceKnown(account: WatchedAccount): void {
    if (account.untilMs === undefined) this.#ending.delete(account);
    else this.#ending.add(account);
  }

  /** Ends choices whose time is over. */
  review(): void {
    const nowMs = this.#parts.clock.now();
    for (const account of this.#ending) {
      account.review(nowMs);
      if ((account.untilMs ?? 0) <= nowMs) this.#ending.delete(account);
    }
  }

  /** The next ones in turn, all of them in the course of enough calls. */
  nextInTurn(count: number): UserId[] {
    const taken: UserId[] = [];
    while (taken.length < Math.min(count, this.#accounts.size)) {
      this.#rest ??= this.#accounts.keys();
      const next = this.#rest.next();
      if (next.done === true) {
        this.#rest = undefined;
        break;
      }
      taken.push(next.value);
    }
    return taken;
  }

  userIds(): UserId[] {
    return [...this.#accounts.keys()];
  }
}
