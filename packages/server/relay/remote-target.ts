import type { Clock } from '@hongyan/core';
import type { Position } from '@hongyan/protocol';
import type { Answer } from '@hongyan/protocol/cluster';
import type { SyncTarget } from '../logic/index.ts';

/** A little longer than the gateway waits for its device: only a gateway that is gone does not answer. */
const POSITIONS_TIMEOUT_MS = 12_000;

/** A session on another node that is brought up to date. */
export class RemoteTarget implements SyncTarget {
  readonly #clock: Clock;
  readonly #answer: (body: NonNullable<Answer['body']>) => void;
  #isEnded = false;
  #take: ((positions: readonly Position[]) => void) | undefined;

  constructor(clock: Clock, answer: (body: NonNullable<Answer['body']>) => void) {
    this.#clock = clock;
    this.#answer = answer;
  }

  push(frame: Uint8Array): void {
    if (!this.#isEnded) this.#answer({ case: 'push', value: frame });
  }

  positionsIn(buckets: readonly number[]): Promise<readonly Position[]> {
    return new Promise((resolve) => {
      this.#take = (positions) => {
        this.#take = undefined;
        cancel();
        resolve(positions);
      };
      const cancel = this.#clock.schedule(POSITIONS_TIMEOUT_MS, () => this.#take?.([]));
      if (this.#isEnded) this.#take([]);
      else this.#answer({ case: 'positionsWanted', value: { buckets: [...buckets] } });
    });
  }

  ended(): boolean {
    return this.#isEnded;
  }

  /** The device said what it holds. */
  stated(positions: readonly Position[]): void {
    this.#take?.(positions);
  }

  /** Nobody listens any more. */
  end(): void {
    this.#isEnded = true;
    this.#take?.([]);
  }
}
