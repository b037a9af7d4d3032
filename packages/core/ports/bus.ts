import type { UserId } from '@hongyan/protocol';

/** A pushed frame. */
export interface BusPush {
  /** An encoded ServerFrame, shared by all receivers: nobody writes to it. */
  frame: Uint8Array;
  /** The session that caused it and already knows; '' when there is none. */
  exceptSessionId: string;
}

/** A pushed frame on its way to the connections of one account. */
export interface BusMessage extends BusPush {
  userId: UserId;
}

/**
 * Carries pushes to whichever gateway holds a connection of the account.
 *
 * A hint that is usually right: it may lose, double and reorder, and never blocks the publisher. Truth is the log; what
 * is lost here is found by positions. Subscriptions are the only registry of who is connected where.
 */
export interface Bus {
  publish(message: BusMessage): void;
  /** One push to many accounts. */
  publishToAll(userIds: readonly UserId[], push: BusPush): void;
  /** Calls `receive` for every message to the account until the returned function is called. */
  subscribe(userId: UserId, receive: (message: BusMessage) => void): () => void;
}
