import type { Session } from './session.ts';

/** On a full node a connection that has not said Hello keeps its place for this long (LOD-7). */
const STAY_MS = 1_000;

/** The connections that have not said Hello, in the order in which they came. */
export class Lobby {
  readonly #sessions = new Set<Session>();

  enter(session: Session): void {
    this.#sessions.add(session);
  }

  /** It said Hello, or has ended. */
  leave(session: Session): void {
    this.#sessions.delete(session);
  }

  /** The one that has been here longest, if that is too long while others wait for a place. */
  overstaying(nowMs: number): Session | undefined {
    for (const session of this.#sessions) return session.openedMs < nowMs - STAY_MS ? session : undefined;
    return undefined;
  }
}
