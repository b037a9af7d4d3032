import type { Position } from '@hongyan/protocol';
import type { Answer } from '@hongyan/protocol/cluster';
import type { Caller, Covered, SyncTarget } from '../logic/index.ts';
import { failure } from './failure.ts';
import type { Relay } from './relay.ts';

export interface RelayedSyncParts {
  relay: Relay;
  caller: Caller;
  target: SyncTarget;
  resolve: (covered: Covered | undefined) => void;
  reject: (error: unknown) => void;
}

/** A device that is brought up to date by logic elsewhere. When that node goes, another one begins again. */
export class RelayedSync {
  id = 0;
  readonly #parts: RelayedSyncParts;
  /** The device is asked one thing at a time. */
  #asking: Promise<readonly Position[]> = Promise.resolve([]);

  constructor(parts: RelayedSyncParts) {
    this.#parts = parts;
  }

  /** Takes one of the answers; true when it was the last. */
  answered(body: NonNullable<Answer['body']>): boolean {
    const { target, resolve, reject } = this.#parts;
    if (target.ended()) {
      this.#tellEnded();
      resolve(undefined);
      return true;
    }
    switch (body.case) {
      case 'push':
        target.push(body.value);
        return false;
      case 'positionsWanted':
        this.#askDevice(body.value.buckets);
        return false;
      case 'covered':
        resolve(body.value);
        return true;
      case 'error':
        reject(failure(body.value));
        return true;
      default:
        reject(new Error(`logic answered with ${body.case} while a device was brought up to date`));
        return true;
    }
  }

  #askDevice(buckets: readonly number[]): void {
    const { relay, caller, target } = this.#parts;
    this.#asking = this.#asking.then(() => target.positionsIn(buckets));
    void this.#asking.then((positions) => {
      if (target.ended()) this.#tellEnded();
      else {
        const value = { synchroniseId: this.id, stated: { positions: [...positions] } };
        relay.tell(this.id, { caller, body: { case: 'positions', value } });
      }
    });
  }

  #tellEnded(): void {
    const { relay, caller } = this.#parts;
    relay.tell(this.id, { caller, body: { case: 'ended', value: { synchroniseId: this.id } } });
  }
}
