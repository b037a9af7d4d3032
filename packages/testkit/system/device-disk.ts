import type { Clock } from '@hongyan/core';
import type { EngineBatch } from '@hongyan/sdk/engine/types';
import type { DiskConditions } from '../faults/conditions.ts';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { DeviceStore } from './device-store.ts';

export interface DeviceDiskParts {
  clock: Clock;
  random: SeededRandom;
  store: DeviceStore;
  conditions: () => DiskConditions;
  /** The batch is in the store and stays there. */
  taken: (batch: EngineBatch) => void;
}

/**
 * The disk under a device's store: slow, failing, and between a write and its confirmation the batch is there or not, as
 * a crash will have it.
 */
export class DeviceDisk {
  readonly #parts: DeviceDiskParts;
  #unconfirmed: EngineBatch | undefined;

  constructor(parts: DeviceDiskParts) {
    this.#parts = parts;
  }

  write(batch: EngineBatch, done: (error: 'simulated' | undefined) => void): void {
    const { clock, random, conditions } = this.#parts;
    const { writeMsMax, failChance, forgets } = conditions();
    const fails = random.chance(failChance);
    clock.schedule(random.between(0, writeMsMax), () => {
      if (fails) {
        done('simulated');
        return;
      }
      if (forgets) this.#unconfirmed = batch;
      else this.#take(batch);
      // The disk has it; that the program hears so is another moment, and a crash may come between.
      clock.schedule(random.between(0, writeMsMax), () => {
        if (this.#unconfirmed === batch) this.#take(batch);
        done(undefined);
      });
    });
  }

  /** The program dies. */
  crash(): void {
    const batch = this.#unconfirmed;
    this.#unconfirmed = undefined;
    if (batch !== undefined && this.#parts.random.chance(0.5)) this.#take(batch);
  }

  #take(batch: EngineBatch): void {
    this.#unconfirmed = undefined;
    this.#parts.store.take(batch);
    this.#parts.taken(batch);
  }
}
