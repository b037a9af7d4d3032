import type { Clock, Logger } from '@hongyan/core';
import type { DeviceId } from '@hongyan/protocol';

/** Every session's device is looked up once in this time. */
const ROUND_MS = 300_000;
const STEP_MS = 5_000;
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
  /** Those whose turn has not come in this round. */
  #left: DeviceId[] = [];
  #perStep = 0;
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
    if (this.#left.length === 0) {
      this.#left = [...new Set(devices())];
      this.#perStep = Math.min(DEVICES_MAX, Math.ceil((this.#left.length * STEP_MS) / ROUND_MS));
    }
    const next = this.#left.splice(0, this.#perStep);
    if (next.length > 0) void this.#lookUp(next);
    this.#cancel = clock.schedule(STEP_MS, () => this.#step());
  }

  async #lookUp(deviceIds: readonly DeviceId[]): Promise<void> {
    const { signedOut, revoke, logger } = this.#parts;
    try {
      for (const deviceId of await signedOut(deviceIds)) revoke(deviceId);
    } catch (error) {
      logger.warn(
        { error, devices: deviceIds.length },
        'whether devices are signed in is not known; they are asked for later',
      );
    }
  }
}
