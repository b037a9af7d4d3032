import { DeviceKind, type DevicePresence, encodePush } from '@hongyan/protocol';
import type { Caller } from '../logic/index.ts';
import { PushRing } from './session-ring.ts';

/** Pushes kept while there is a connection: those that may be under way when it is cut. */
const ATTACHED_BOUNDS = { framesMax: 32, bytesMax: 16 * 1024 };
/** Pushes kept while there is none. A session that would need more is not worth going on with. */
const DETACHED_BOUNDS = { framesMax: 500, bytesMax: 64 * 1024 };
/** Live pushes held back while the device is brought up to date; what comes beyond goes out as it comes (SYN-10). */
const HELD_BACK_BYTES_MAX = 256 * 1024;

/** The connection that a session has at present. */
export interface PushSink {
  /** Never throws. */
  send(frame: Uint8Array): void;
  /** The session has ended, or goes on over another connection. */
  superseded(): void;
  /** The device has so many sessions that this one ends. */
  crowdedOut(): void;
}

export interface StreamOwner {
  /** The session, without a connection, keeps `bytes` more, or fewer. */
  kept(bytes: number): void;
  /** The session can no longer be gone on with. */
  outgrown(stream: SessionStream): void;
}

interface HeldBack {
  frames: Uint8Array[];
  bytes: number;
  overflowed: boolean;
}

/** As a device is taken to be until it says what it is. */
const UNSTATED_DEVICE: DevicePresence = { kind: DeviceKind.UNSPECIFIED, isIdle: false };

/** What of a session outlives its connection: its pushes, counted (SES-11). */
export class SessionStream {
  readonly caller: Caller;
  /** As the present connection, or the last one, stated it. */
  device = UNSTATED_DEVICE;
  readonly #owner: StreamOwner;
  readonly #ring = new PushRing();
  #sink: PushSink | undefined;
  #heldBack: HeldBack | undefined;
  /** The user log up to here was covered by the last Synced; undefined before the first one. */
  #coveredUserSeq: number | undefined;
  /** How many pushes had been made when the connection was lost. */
  #countAtLoss = 0;
  #isComparisonWanted = false;

  constructor(caller: Caller, owner: StreamOwner, sink: PushSink) {
    this.caller = caller;
    this.#owner = owner;
    this.#sink = sink;
  }

  /** The bytes of the pushes that are kept. */
  get keptBytes(): number {
    return this.#ring.bytes;
  }

  get isDetached(): boolean {
    return this.#sink === undefined;
  }

  /** Whether it was brought up to date: only then can it be gone on with. */
  get isSettled(): boolean {
    return this.#coveredUserSeq !== undefined && this.#heldBack === undefined;
  }

  /** Whether a client that has received `pushes` of it can be given all others. */
  covers(pushes: number): boolean {
    return this.isSettled && this.#ring.has(pushes);
  }

  isAttachedTo(sink: PushSink): boolean {
    return this.#sink === sink;
  }

  /** Goes on over another connection, for a client that has received `pushes`, which must be covered. */
  resume(sink: PushSink, pushes: number, nowMs: number): void {
    const before = this.#sink;
    this.#sink = sink;
    this.device = UNSTATED_DEVICE;
    before?.superseded();
    this.#ring.resume(pushes, nowMs);
    for (const frame of this.#ring.after(pushes)) sink.send(frame);
    this.#emit(this.#synced(nowMs));
  }

  /** The connection is gone; another one may come. */
  detach(): void {
    this.#sink = undefined;
    this.#countAtLoss = this.#ring.count;
  }

  /** Tells the connection, if there is one, that its session ends for another one. */
  crowdOut(): void {
    this.#sink?.crowdedOut();
  }

  /** Takes the connection away for good. */
  end(): void {
    const sink = this.#sink;
    this.#sink = undefined;
    this.#heldBack = undefined;
    sink?.superseded();
  }

  /** The client said something. */
  heard(nowMs: number): void {
    this.#ring.heard(nowMs);
  }

  /** A live push. */
  live(frame: Uint8Array): void {
    const held = this.#heldBack;
    if (held === undefined || held.overflowed) {
      this.#emit(frame);
      return;
    }
    held.frames.push(frame);
    held.bytes += frame.length;
    if (held.bytes > HELD_BACK_BYTES_MAX) {
      held.overflowed = true;
      this.#flush(held);
    }
  }

  /** A push that nobody misses later: neither counted nor kept, nor held back (SES-11). */
  signal(frame: Uint8Array): void {
    this.#sink?.send(frame);
  }

  /** A live push that asks the device to compare what it holds (SES-17). */
  wantComparison(frame: Uint8Array): void {
    this.#isComparisonWanted = true;
    this.live(frame);
  }

  /** The device compares: whether it was asked to. */
  takeComparisonWanted(): boolean {
    const isWanted = this.#isComparisonWanted;
    this.#isComparisonWanted = false;
    return isWanted;
  }

  /** From now on live pushes wait until the backlog was said. */
  holdBack(): void {
    this.#heldBack = { frames: [], bytes: 0, overflowed: false };
  }

  /** A push of the backlog. Too much to be kept: who does not get it states its positions again. */
  backlog(frame: Uint8Array): void {
    this.#emitUnkept(frame);
  }

  /** The backlog was said: what was held back follows, then Synced. */
  caughtUp(userSeq: number, nowMs: number): void {
    this.letThrough();
    this.#coveredUserSeq = userSeq;
    this.#emitUnkept(this.#synced(nowMs));
  }

  /** Ends holding back. */
  letThrough(): void {
    const held = this.#heldBack;
    this.#heldBack = undefined;
    if (held !== undefined) this.#flush(held);
  }

  #flush(held: HeldBack): void {
    for (const frame of held.frames) this.#emit(frame);
    held.frames.length = 0;
  }

  #synced(serverTimeMs: number): Uint8Array {
    return encodePush({ case: 'synced', value: { userSeq: this.#coveredUserSeq ?? 0, serverTimeMs } });
  }

  #emit(frame: Uint8Array): void {
    if (this.#sink === undefined) {
      this.#keep(frame);
    } else {
      this.#ring.add(frame, ATTACHED_BOUNDS);
      this.#sink.send(frame);
    }
  }

  #emitUnkept(frame: Uint8Array): void {
    this.#ring.skip();
    this.#sink?.send(frame);
  }

  #keep(frame: Uint8Array): void {
    const before = this.#ring.bytes;
    this.#ring.add(frame, DETACHED_BOUNDS);
    this.#owner.kept(this.#ring.bytes - before);
    if (!this.#ring.has(this.#countAtLoss)) this.#owner.outgrown(this);
  }
}
