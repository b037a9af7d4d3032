import type { Clock, Logger } from '@hongyan/core';
import { type DeviceId, idHash } from '@hongyan/protocol';

/** Every session's device is looked up once in this time: less than half of what SES-3 states, which has room for those let in unlooked. */
const ROUND_MS = 120_000;
const STEP_MS = 5_000;
const STEPS = ROUND_MS / STEP_MS;
/** Looked up together. */
const DEVICES_MAX = 1_000;

export interface SignOutWatchParts {
  clock: Clock;
  logger: Logger;
  /** All that have a session here. */
  devices: () => Iterable<DeviceId>;
  /** Which of these are signed out. Rejects while nobody knows. */
  signedOut: (deviceIds: readonly DeviceId[]) => Promise<readonly DeviceId[]>;
  revoke: (deviceId: DeviceId) => void;
}

/**
 * Looks up, little by little, whether the devices of live sessions are still signed in: that another node signed one out is
 * told by a message that may be lost (SES-3).
 */
export class SignOutWatch {
  readonly #parts: SignOutWatchParts;
  /** Which step of the round comes next. A device's is always the same one, whoever comes and goes. */
  #next = 0;
  /** Those that nobody knew anything about when it was their turn. */
  readonly #unknown = new Set<DeviceId>();
  #cancel: () => void;

  constructor(parts: SignOutWatchParts) {
    this.#parts = parts;
    this.#cancel = parts.clock.schedule(STEP_MS, () => this.#step());
  }

  close(): void {
    this.#cancel();
  }

  #step(): void {
    const { clock, devices } = this.#parts;
    const isDue = (deviceId: DeviceId) => idHash(deviceId) % STEPS === this.#next || this.#unknown.has(deviceId);
    const due = [...new Set(devices())].filter(isDue);
    this.#unknown.clear();
    this.#next = (this.#next + 1) % STEPS;
    void this.#lookUp(due);
    this.#cancel = clock.schedule(STEP_MS, () => this.#step());
  }

  async #lookUp(deviceIds: readonly DeviceId[]): Promise<void> {
    const { signedOut, revoke, logger } = this.#parts;
    for (let from = 0; from < deviceIds.length; from += DEVICES_MAX) {
      try {
        for (const deviceId of await signedOut(deviceIds.slice(from, from + DEVICES_MAX))) revoke(deviceId);
      } catch (error) {
        for (const deviceId of deviceIds.slice(from)) this.#unknown.add(deviceId);
        const devices = deviceIds.length - from;
        logger.warn({ error, devices }, 'whether devices are signed in is not known; they are asked for again');
        return;
      }
    }
  }
}
