import type { Identity } from '@hongyan/core';
import type { UserId } from '@hongyan/protocol';
import type { SessionStream } from './session-stream.ts';

/** Far more than a device needs: one for each open tab, and those that it has lost without the server knowing yet. */
export const DEVICE_SESSIONS_MAX = 16;
/** Of all its devices; a message of its own is pushed to each. */
export const ACCOUNT_SESSIONS_MAX = 256;

/** The sessions of each account, those whose connection was made last at the end. */
export class AccountSessions {
  readonly #streams = new Map<UserId, SessionStream[]>();

  of(userId: UserId): readonly SessionStream[] {
    return this.#streams.get(userId) ?? [];
  }

  userIds(): Iterable<UserId> {
    return this.#streams.keys();
  }

  add(stream: SessionStream): void {
    const { userId } = stream.caller;
    const streams = this.#streams.get(userId);
    if (streams === undefined) this.#streams.set(userId, [stream]);
    else streams.push(stream);
  }

  delete(stream: SessionStream): void {
    const { userId } = stream.caller;
    const streams = this.#streams.get(userId) ?? [];
    const at = streams.indexOf(stream);
    if (at >= 0) streams.splice(at, 1);
    if (streams.length === 0) this.#streams.delete(userId);
  }

  /** It has a new connection. */
  renew(stream: SessionStream): void {
    this.delete(stream);
    this.add(stream);
  }

  /** The session that has to end before there is room for another one; undefined when there is room (SES-15). */
  surplus({ userId, deviceId }: Identity): SessionStream | undefined {
    const account = this.of(userId);
    if (account.length < DEVICE_SESSIONS_MAX) return undefined;
    const device = account.filter(({ caller }) => caller.deviceId === deviceId);
    if (device.length >= DEVICE_SESSIONS_MAX) return leastMissed(device);
    return account.length >= ACCOUNT_SESSIONS_MAX ? leastMissed(account) : undefined;
  }
}

const leastMissed = (streams: readonly SessionStream[]): SessionStream | undefined =>
  streams.find(({ isDetached }) => isDetached) ?? streams[0];
