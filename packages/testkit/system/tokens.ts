import type { Authenticator } from '@hongyan/core';
import type { DeviceId, UserId } from '@hongyan/protocol';

/** Access tokens of a simulated run: they say whose they are, and an older one than the last renewed is refused. */
export class Tokens implements Authenticator {
  readonly #numbers = new Map<DeviceId, number>();

  issue(userId: UserId, deviceId: DeviceId): string {
    return `${userId} ${deviceId} ${this.#numbers.get(deviceId) ?? 0}`;
  }

  /** From now on only a token issued later is taken. */
  expire(deviceId: DeviceId): void {
    this.#numbers.set(deviceId, (this.#numbers.get(deviceId) ?? 0) + 1);
  }

  async authenticate(accessToken: string) {
    const [userId, deviceId] = accessToken.split(' ');
    if (userId === undefined || deviceId === undefined) return undefined;
    return accessToken === this.issue(userId, deviceId) ? { userId, deviceId } : undefined;
  }
}
