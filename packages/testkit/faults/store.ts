import { type Clock, type Store, StoreError } from '@hongyan/core';
import type { SeededRandom } from '../random/seeded-random.ts';
import type { StoreConditions } from './conditions.ts';

/** Where a process can be killed: between any two events, or at a moment that bad luck would seldom find. */
export type CrashPoint = 'at-once' | 'before-commit' | 'before-answer' | 'before-push' | 'after-first-write';

export interface FaultyStoreParts {
  clock: Clock;
  random: SeededRandom;
  conditions: () => StoreConditions;
  /** Told whenever an append gets to one of these points; the process may be killed right there. */
  reached: (point: 'before-commit' | 'before-answer' | 'before-push') => void;
}

type Call = () => Promise<unknown>;

const writes: ReadonlySet<string> = new Set([
  'append',
  'advance',
  'createUser',
  'updateProfile',
  'createDevice',
  'rotateRefresh',
  'deleteDevice',
  'set',
  'keep',
]);

/**
 * A store as one process sees it over the durable `inner`: it takes time, fails before or after the commit, stalls.
 * Writes commit in the order they were asked for. When the process crashes, some first part of the writes under way is
 * committed and the rest is lost, and nobody hears of either.
 */
export class FaultyStore implements Store {
  readonly accounts: Store['accounts'];
  readonly log: Store['log'];
  readonly cursors: Store['cursors'];
  readonly userLog: Store['userLog'];
  readonly records: Store['records'];
  readonly secrets: Store['secrets'];
  readonly #parts: FaultyStoreParts;
  readonly #underWay = new Set<Call>();
  #lastCommitMs = 0;
  #crashed = false;

  constructor(inner: Store, parts: FaultyStoreParts) {
    this.#parts = parts;
    this.accounts = this.#wrap(inner.accounts);
    this.log = this.#wrap(inner.log);
    this.cursors = this.#wrap(inner.cursors);
    this.userLog = this.#wrap(inner.userLog);
    this.records = this.#wrap(inner.records);
    this.secrets = this.#wrap(inner.secrets);
  }

  async close(): Promise<void> {}

  /** The process is gone. Resolves when what the disk still took has been written. */
  async crash(): Promise<void> {
    this.#crashed = true;
    const calls = [...this.#underWay];
    const survivors = this.#parts.random.between(0, calls.length);
    for (const commit of calls.slice(0, survivors)) await commit().catch(() => undefined);
  }

  /** Every method of the port is a call that answers with a promise, so one wrapper covers them all. */
  #wrap<T extends object>(part: T): T {
    return new Proxy(part, {
      get: (target, name) => {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== 'function') return method;
        const isWrite = writes.has(String(name));
        const reached = name === 'append' ? this.#parts.reached : () => undefined;
        return (...args: unknown[]) => {
          const call: Call = async () => Reflect.apply(method, target, args);
          return isWrite ? this.#write(call, reached) : this.#read(call);
        };
      },
    });
  }

  #read(call: Call): Promise<unknown> {
    const { clock, random, conditions } = this.#parts;
    const { readMsMax, failChance } = conditions();
    const fails = random.chance(failChance);
    return new Promise((resolve, reject) => {
      clock.schedule(random.between(0, readMsMax) + this.#stallMs(), () => {
        if (this.#crashed) return;
        if (fails) reject(new StoreError('unavailable', 'simulated'));
        else call().then(resolve, reject);
      });
    });
  }

  #write(call: Call, reached: FaultyStoreParts['reached']): Promise<unknown> {
    const { clock, random, conditions } = this.#parts;
    const { commitMsMax, failChance, inDoubtChance } = conditions();
    const fails = random.chance(failChance);
    const isInDoubt = random.chance(inDoubtChance);
    const commitMs = clock.now() + random.between(0, commitMsMax) + this.#stallMs();
    this.#lastCommitMs = Math.max(this.#lastCommitMs, commitMs);
    if (!fails) this.#underWay.add(call);
    return new Promise((resolve, reject) => {
      clock.schedule(this.#lastCommitMs - clock.now(), () => {
        if (!this.#crashed) reached('before-commit');
        if (this.#crashed) return;
        this.#underWay.delete(call);
        const answer = fails ? Promise.reject(new StoreError('unavailable', 'simulated')) : call();
        // The commit has happened; a crash from here on only takes the answer away.
        const tell = (settle: () => void) =>
          clock.schedule(random.between(0, commitMsMax), () => {
            if (!this.#crashed) reached('before-answer');
            if (this.#crashed) return;
            settle();
            reached('before-push');
          });
        answer.then(
          (value) => tell(() => (isInDoubt ? reject(new StoreError('unavailable', 'in doubt')) : resolve(value))),
          (error: unknown) => tell(() => reject(error)),
        );
      });
    });
  }

  #stallMs(): number {
    const { random, conditions } = this.#parts;
    const { stallChance, stallMsMax } = conditions();
    return random.chance(stallChance) ? random.between(0, stallMsMax) : 0;
  }
}
