import type { Bus, Clock, Identity } from '@hongyan/core';
import type { DeviceId, Resume, UserId } from '@hongyan/protocol';
import type { Caller } from '../logic/index.ts';
import { AccountSessions } from './account-sessions.ts';
import { type PushSink, SessionStream, type StreamOwner } from './session-stream.ts';

/** How long a session waits for its client to come back. */
export const RESUME_MS = 60_000;
/** Sessions without a connection that a node keeps, and what they keep together, in up to twice the memory; the longest alone goes first. */
const DETACHED_MAX = 20_000;
const DETACHED_BYTES_MAX = 128 * 1024 * 1024;
/** What a session costs beside the pushes it keeps. */
const DETACHED_OVERHEAD_BYTES = 1_024;

/** Is told whose sessions have a connection. */
export interface SessionObserver {
  arrived(stream: SessionStream): void;
  left(stream: SessionStream): void;
}

export interface RegistryParts {
  bus: Bus;
  clock: Clock;
  newSessionId: () => string;
  observer?: SessionObserver;
  bounds?: { detachedMax: number; detachedBytesMax: number };
}

interface Registered {
  stream: SessionStream;
  unsubscribe: () => void;
}

/** The node's sessions by id, those without a connection included, which end after `RESUME_MS` (SES-11). */
export class SessionRegistry implements StreamOwner {
  readonly #parts: RegistryParts;
  readonly #detachedMax: number;
  readonly #detachedBytesMax: number;
  readonly #registered = new Map<string, Registered>();
  readonly #byAccount = new AccountSessions();
  /** Until when each one without a connection waits, the one that waits longest first. */
  readonly #detached = new Map<SessionStream, number>();
  #detachedBytes = 0;
  #cancelExpiry: (() => void) | undefined;
  #closed = false;

  constructor(parts: RegistryParts) {
    this.#parts = parts;
    this.#detachedMax = parts.bounds?.detachedMax ?? DETACHED_MAX;
    this.#detachedBytesMax = parts.bounds?.detachedBytesMax ?? DETACHED_BYTES_MAX;
  }

  get detachedCount(): number {
    return this.#detached.size;
  }

  /** A new session, subscribed to the account's live pushes and holding them back. */
  open(identity: Identity, sink: PushSink): SessionStream {
    const { userId, deviceId } = identity;
    this.#makeRoom(identity);
    const caller: Caller = { userId, deviceId, sessionId: this.#parts.newSessionId() };
    const stream = new SessionStream(caller, this, sink);
    stream.holdBack();
    const unsubscribe = this.#parts.bus.subscribe(userId, ({ exceptSessionId, frame }) => {
      if (exceptSessionId !== caller.sessionId) stream.live(frame);
    });
    this.#registered.set(caller.sessionId, { stream, unsubscribe });
    this.#byAccount.add(stream);
    this.#parts.observer?.arrived(stream);
    return stream;
  }

  /** Whether a client that says so would go on with its session; while it is not known who it is, if it is who it has to be. */
  wouldResume({ sessionId, pushesReceived }: Resume, identity?: Identity): boolean {
    const stream = this.#registered.get(sessionId)?.stream;
    if (stream === undefined || (identity !== undefined && !isOwn(stream, identity))) return false;
    return stream.covers(pushesReceived);
  }

  /**
   * The session to go on with: the caller resumes it at once. Undefined when it is not there, not the device's own, or too
   * much of it was not kept; the device's own then ends, as it will not be asked for again.
   */
  take({ sessionId, pushesReceived }: Resume, identity: Identity): SessionStream | undefined {
    const stream = this.#registered.get(sessionId)?.stream;
    if (stream === undefined || !isOwn(stream, identity)) return undefined;
    if (!stream.covers(pushesReceived)) {
      this.end(stream);
      return undefined;
    }
    this.#attached(stream);
    this.#byAccount.renew(stream);
    this.#parts.observer?.arrived(stream);
    return stream;
  }

  /** Keeps a session whose connection was lost, if it can be gone on with. */
  detach(stream: SessionStream): void {
    if (this.#closed || !stream.isSettled) {
      this.end(stream);
      return;
    }
    stream.detach();
    this.#parts.observer?.left(stream);
    this.#detached.set(stream, this.#parts.clock.now() + RESUME_MS);
    this.#cancelExpiry ??= this.#parts.clock.schedule(RESUME_MS, () => this.#expire());
    this.kept(stream.keptBytes + DETACHED_OVERHEAD_BYTES);
  }

  end(stream: SessionStream): void {
    this.#attached(stream);
    const { sessionId } = stream.caller;
    this.#registered.get(sessionId)?.unsubscribe();
    this.#registered.delete(sessionId);
    this.#byAccount.delete(stream);
    if (!stream.isDetached) this.#parts.observer?.left(stream);
    stream.end();
  }

  kept(bytes: number): void {
    this.#detachedBytes += bytes;
    for (const stream of this.#detached.keys()) {
      if (this.#detached.size <= this.#detachedMax && this.#detachedBytes <= this.#detachedBytesMax) return;
      this.end(stream);
    }
  }

  outgrown(stream: SessionStream): void {
    this.end(stream);
  }

  /** Has these sessions' devices compare what they hold, or all (SES-17); those that wait, once they are back. */
  askToCompare(frame: Uint8Array, sessionIds?: ReadonlySet<string>): void {
    for (const sessionId of sessionIds ?? this.#registered.keys())
      this.#registered.get(sessionId)?.stream.wantComparison(frame);
  }

  get sessionCount(): number {
    return this.#registered.size;
  }

  /** Of an account, those that wait included. */
  of(userId: UserId): readonly SessionStream[] {
    return this.#byAccount.of(userId);
  }

  userIds(): Iterable<UserId> {
    return this.#byAccount.userIds();
  }

  /** Of all sessions; a device may have several. */
  *deviceIds(): Iterable<DeviceId> {
    for (const { stream } of this.#registered.values()) yield stream.caller.deviceId;
  }

  /** Ends the waiting sessions of a device that was signed out. */
  revoke(deviceId: DeviceId): void {
    for (const stream of [...this.#detached.keys()]) {
      if (stream.caller.deviceId === deviceId) this.end(stream);
    }
  }

  /** Ends all waiting sessions; from now on none waits. */
  close(): void {
    this.#closed = true;
    this.#cancelExpiry?.();
    for (const stream of this.#detached.keys()) this.end(stream);
  }

  /** Ends the session that would be one too many, after telling its connection why (SES-15). */
  #makeRoom(identity: Identity): void {
    const surplus = this.#byAccount.surplus(identity);
    if (surplus === undefined) return;
    surplus.crowdOut();
    this.end(surplus);
  }

  /** It waits no more. */
  #attached(stream: SessionStream): void {
    if (this.#detached.delete(stream)) this.#detachedBytes -= stream.keptBytes + DETACHED_OVERHEAD_BYTES;
  }

  #expire(): void {
    this.#cancelExpiry = undefined;
    const now = this.#parts.clock.now();
    for (const [stream, untilMs] of this.#detached) {
      if (untilMs > now) {
        this.#cancelExpiry = this.#parts.clock.schedule(untilMs - now, () => this.#expire());
        return;
      }
      this.end(stream);
    }
  }
}

const isOwn = ({ caller }: SessionStream, { userId, deviceId }: Identity): boolean =>
  caller.userId === userId && caller.deviceId === deviceId;
