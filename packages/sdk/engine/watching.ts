import {
  codeName,
  type DevicePresence,
  ErrorCode,
  errorClass,
  Feature,
  type Limits,
  type PresenceChanged,
  type Reply,
  type UserId,
  type Welcome,
} from '@hongyan/protocol';
import type { Presence } from '../types.ts';
import type { Commands, SignalPurpose } from './commands.ts';
import { REFUSED_FETCH_PAUSE_MS } from './limits.ts';
import { presenceFromWire } from './presence-from-wire.ts';
import type { Retries } from './retries.ts';
import type { EngineNotice, Moment, Screen } from './types.ts';

const WATCH = 'watch';
const DEVICE = 'state device';

export interface WatchingParts {
  commands: Commands;
  retries: Retries;
  notice: (notice: EngineNotice) => void;
}

/** What the device says of itself and its screen, and what it is told of who is on it (PRS-2, PRS-10). */
export class Watching {
  readonly #parts: WatchingParts;
  readonly #known = new Map<UserId, Presence>();
  #isAgreed = false;
  #screen: Screen = { userIds: [], conversationIds: [] };
  /** What the server has on this connection; undefined: nothing, or nobody knows. */
  #stated: Screen | undefined;
  #device: DevicePresence;
  #statedDevice: DevicePresence | undefined;
  /** The statement under way, and who was named since it was sent. */
  #asking: { screen: Screen; named: Set<UserId> } | undefined;

  constructor(device: DevicePresence, parts: WatchingParts) {
    this.#device = device;
    this.#parts = parts;
  }

  get isAgreed(): boolean {
    return this.#isAgreed;
  }

  presence(userId: UserId): Presence | undefined {
    return this.#known.get(userId);
  }

  looksAt(conversationId: string): boolean {
    return this.#screen.conversationIds.includes(conversationId);
  }

  welcomed({ features }: Welcome): void {
    this.#isAgreed = features.includes(Feature.PRESENCE);
  }

  screenChanged(screen: Screen): void {
    this.#screen = screen;
    const watched = new Set(screen.userIds);
    for (const userId of this.#known.keys()) if (!watched.has(userId)) this.#known.delete(userId);
  }

  idle(isIdle: boolean): void {
    this.#device = { ...this.#device, isIdle };
  }

  /** Says what the server does not know yet. Only on a live connection. */
  issue(limits: Limits, at: Moment): void {
    if (!this.#isAgreed) return;
    this.#stateDevice(at);
    const isOwed = this.#stated === undefined ? !isEmpty(this.#screen) : this.#stated !== this.#screen;
    if (!isOwed || this.#asking !== undefined || this.#parts.retries.isPaused(WATCH, at.nowMs)) return;
    const userIds = this.#screen.userIds.slice(-limits.watchedUsersMax);
    const conversationIds = this.#screen.conversationIds.slice(-limits.watchedConversationsMax);
    this.#asking = { screen: this.#screen, named: new Set() };
    const value = { userIds: [...userIds], conversationIds: [...conversationIds] };
    this.#parts.commands.ask({ case: 'watch', value }, { kind: 'watch' }, at.nowMs);
  }

  pushed({ presences }: PresenceChanged): void {
    const watched = new Set(this.#screen.userIds);
    for (const wire of presences) {
      this.#asking?.named.add(wire.userId);
      if (watched.has(wire.userId)) this.#learn(presenceFromWire(wire));
    }
  }

  answered({ kind }: SignalPurpose, body: NonNullable<Reply['body']>, at: Moment): void {
    const subject = kind === 'watch' ? WATCH : DEVICE;
    if (body.case === 'error') {
      const { code, retryAfterMs } = body.value;
      const isLater = errorClass(code) === 'later';
      this.#parts.retries.failed(subject, isLater ? retryAfterMs : REFUSED_FETCH_PAUSE_MS, at);
      if (!isLater) this.#refused(codeName(ErrorCode, code));
    } else this.#parts.retries.succeeded(subject);
    if (kind === 'stateDevice') {
      if (body.case === 'error') this.#statedDevice = undefined;
      return;
    }
    const asked = this.#asking;
    this.#asking = undefined;
    this.#stated = body.case === 'error' ? undefined : asked?.screen;
    if (asked !== undefined && body.case !== 'error') this.#confirm(asked.screen, asked.named);
  }

  connectionLost(): void {
    this.#isAgreed = false;
    this.#stated = undefined;
    this.#statedDevice = undefined;
    this.#asking = undefined;
  }

  signedOut(): void {
    this.connectionLost();
    this.#known.clear();
  }

  #stateDevice(at: Moment): void {
    const { kind, isIdle } = this.#device;
    const known = this.#statedDevice ?? { kind: 0, isIdle: false };
    if ((known.kind === kind && known.isIdle === isIdle) || this.#parts.retries.isPaused(DEVICE, at.nowMs)) return;
    this.#statedDevice = this.#device;
    this.#parts.commands.ask({ case: 'stateDevice', value: this.#device }, { kind: 'stateDevice' }, at.nowMs);
  }

  /** Who was not named is offline. */
  #confirm(screen: Screen, named: ReadonlySet<UserId>): void {
    const watched = new Set(this.#screen.userIds);
    for (const userId of screen.userIds) {
      if (named.has(userId) || !watched.has(userId)) continue;
      this.#learn({ userId, state: 'offline', devices: [], lastSeenMs: undefined });
    }
  }

  #learn(presence: Presence): void {
    const { userId } = presence;
    if (JSON.stringify(this.#known.get(userId)) === JSON.stringify(presence)) return;
    this.#known.set(userId, presence);
    this.#parts.notice({ type: 'presence', presence });
  }

  #refused(reason: string): void {
    this.#parts.notice({ type: 'error', code: 'refused', reason: `presence was not taken: ${reason}` });
  }
}

const isEmpty = ({ userIds, conversationIds }: Screen): boolean => userIds.length + conversationIds.length === 0;
