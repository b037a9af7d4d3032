import { byKind, type Clock } from '@hongyan/core';
import type { DevicePresence, UserId } from '@hongyan/protocol';
import type { SessionStream } from '../session-stream.ts';

/** How long somebody whose connection ended is taken to be there still: time to come back without anybody noticing (PRS-4). */
export const LINGER_MS = 10_000;

export interface HeldPeopleParts {
  clock: Clock;
  /** The sessions of an account on this node, those without a connection included. */
  sessionsOf: (userId: UserId) => readonly SessionStream[];
  /** The account's devices may be others than before. */
  changed: (userId: UserId) => void;
  /** The account's last connection here ended at that time. */
  gone: (userId: UserId, seenMs: number) => void;
}

/** Who has a connection to this node, or had one a moment ago. */
export class HeldPeople {
  readonly #parts: HeldPeopleParts;
  /** Sessions that lost their connection, with when; the first one first. */
  readonly #lingering = new Map<SessionStream, number>();
  readonly #lingeringOf = new Map<UserId, Set<SessionStream>>();
  #cancel: (() => void) | undefined;

  constructor(parts: HeldPeopleParts) {
    this.#parts = parts;
  }

  /** One for each kind; none: the account is not here. */
  devicesOf(userId: UserId): DevicePresence[] {
    const connected = this.#parts.sessionsOf(userId).filter(({ isDetached }) => !isDetached);
    return byKind([...connected, ...(this.#lingeringOf.get(userId) ?? [])].map(({ device }) => device));
  }

  /** The session has a connection. */
  arrived(stream: SessionStream): void {
    this.#forget(stream);
    this.#parts.changed(stream.caller.userId);
  }

  /** The session has none any more. */
  left(stream: SessionStream): void {
    if (this.#lingering.has(stream)) return;
    const { clock } = this.#parts;
    const { userId } = stream.caller;
    this.#lingering.set(stream, clock.now());
    const lingering = this.#lingeringOf.get(userId);
    if (lingering === undefined) this.#lingeringOf.set(userId, new Set([stream]));
    else lingering.add(stream);
    this.#cancel ??= clock.schedule(LINGER_MS, () => this.#expire());
  }

  close(): void {
    this.#cancel?.();
  }

  #expire(): void {
    const { clock, changed, gone } = this.#parts;
    this.#cancel = undefined;
    const nowMs = clock.now();
    for (const [stream, leftMs] of this.#lingering) {
      if (leftMs + LINGER_MS > nowMs) {
        this.#cancel = clock.schedule(leftMs + LINGER_MS - nowMs, () => this.#expire());
        return;
      }
      this.#forget(stream);
      const { userId } = stream.caller;
      changed(userId);
      if (this.devicesOf(userId).length === 0) gone(userId, leftMs);
    }
  }

  #forget(stream: SessionStream): void {
    const { userId } = stream.caller;
    if (!this.#lingering.delete(stream)) return;
    const lingering = this.#lingeringOf.get(userId);
    lingering?.delete(stream);
    if (lingering?.size === 0) this.#lingeringOf.delete(userId);
  }
}
