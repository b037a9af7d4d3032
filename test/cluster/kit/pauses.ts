import type { DeviceId } from '@hongyan/protocol';
import type { Observation } from '../../../packages/testkit/observation.ts';

interface Written {
  deviceId: DeviceId;
  atMs: number;
}

/** How long people wait from writing a message until they see that it was sent. */
export class Pauses {
  readonly #waiting = new Map<string, Written>();
  /** When that was written which was acknowledged last, by device. */
  readonly #spokeMs = new Map<DeviceId, number>();
  #longestMs = 0;

  saw(observation: Observation): void {
    switch (observation.kind) {
      case 'composed':
        this.#waiting.set(observation.clientMessageId, { deviceId: observation.deviceId, atMs: performance.now() });
        return;
      case 'message-state':
        if (isSent(observation.state.name)) this.#sent(observation.clientMessageId);
        return;
      default:
    }
  }

  /** Whether something that the device wrote after this moment was acknowledged. */
  hasSpoken(deviceId: DeviceId, afterMs: number): boolean {
    return (this.#spokeMs.get(deviceId) ?? 0) > afterMs;
  }

  /** Whether something that was written before this moment still waits. */
  isWaiting(beforeMs: number): boolean {
    return [...this.#waiting.values()].some(({ atMs }) => atMs < beforeMs);
  }

  /** The longest wait since this was asked last, of what is still waiting too. */
  takeLongestMs(): number {
    const nowMs = performance.now();
    const longestMs = Math.max(this.#longestMs, ...[...this.#waiting.values()].map(({ atMs }) => nowMs - atMs));
    this.#longestMs = 0;
    return longestMs;
  }

  #sent(clientMessageId: string): void {
    const written = this.#waiting.get(clientMessageId);
    if (written === undefined) return;
    this.#waiting.delete(clientMessageId);
    const { deviceId, atMs } = written;
    this.#spokeMs.set(deviceId, Math.max(this.#spokeMs.get(deviceId) ?? 0, atMs));
    this.#longestMs = Math.max(this.#longestMs, performance.now() - atMs);
  }
}

const isSent = (name: string): boolean => name === 'sent' || name === 'delivered' || name === 'read';
