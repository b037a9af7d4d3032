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

/** A call that the store has taken and not answered. */
interface Taken {
  /** undefined: it changes nothing. */
  commit: Call | undefined;
  reject: (error: StoreError) => void;
  isOver: boolean;
}

const writes: ReadonlySet<string> = new Set([
  'append',
  'advance',
  'createUser',
  'updateProfile',
  'setPassword',
  'createDevice',
  'rotateRefresh',
  'renameDevice',
  'seeDevices',
  'deleteDevice',
  'createApiKey',
  'deleteApiKey',
  'seeApiKeys',
  'putAppUser',
  'set',
  'keep',
  'index',
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
  readonly search: Store['search'];
  readonly #parts: FaultyStoreParts;
  readonly #underWay = new Set<Taken>();
  #awayUntilMs = 0;
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
    this.search = this.#wrap(inner.search);
  }

  async close(): Promise<void> {}

  /** The process is gone. Resolves when what the disk still took has been written. */
  async crash(): Promise<void> {
    this.#crashed = true;
    await this.#commitSome();
  }

  /** The engine behind it is replaced by another one that has all it acknowledged: what is under way is in doubt. */
  failOver(forMs: number): void {
    this.#awayUntilMs = this.#parts.clock.now() + forMs;
    void this.#commitSome();
    for (const taken of this.#underWay) {
      taken.isOver = true;
      taken.reject(new StoreError('unavailable', 'failed over'));
    }
    this.#underWay.clear();
  }

  async #commitSome(): Promise<void> {
    const commits = [...this.#underWay].flatMap(({ commit }) => commit ?? []);
    const survivors = this.#parts.random.between(0, commits.length);
    for (const commit of commits.slice(0, survivors)) await commit().catch(() => undefined);
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
    const fails = random.chance(failChance) || this.#isAway;
    return new Promise((resolve, reject) => {
      const taken = this.#take(undefined, reject);
      clock.schedule(random.between(0, readMsMax) + this.#stallMs(), () => {
        if (this.#crashed || taken.isOver) return;
        this.#underWay.delete(taken);
        if (fails) reject(new StoreError('unavailable', 'simulated'));
        else call().then(resolve, reject);
      });
    });
  }

  #write(call: Call, reached: FaultyStoreParts['reached']): Promise<unknown> {
    const { clock, random, conditions } = this.#parts;
    const { commitMsMax, failChance, inDoubtChance } = conditions();
    const fails = random.chance(failChance) || this.#isAway;
    const isInDoubt = random.chance(inDoubtChance);
    const commitMs = clock.now() + random.between(0, commitMsMax) + this.#stallMs();
    this.#lastCommitMs = Math.max(this.#lastCommitMs, commitMs);
    return new Promise((resolve, reject) => {
      const taken = this.#take(fails ? undefined : call, reject);
      clock.schedule(this.#lastCommitMs - clock.now(), () => {
        if (!this.#crashed && !taken.isOver) reached('before-commit');
        if (this.#crashed || taken.isOver) return;
        this.#underWay.delete(taken);
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

  #take(commit: Call | undefined, reject: Taken['reject']): Taken {
    const taken = { commit, reject, isOver: false };
    this.#underWay.add(taken);
    return taken;
  }

  get #isAway(): boolean {
    return this.#parts.clock.now() < this.#awayUntilMs;
  }

  #stallMs(): number {
    const { random, conditions } = this.#parts;
    const { stallChance, stallMsMax } = conditions();
    return random.chance(stallChance) ? random.between(0, stallMsMax) : 0;
  }
}
