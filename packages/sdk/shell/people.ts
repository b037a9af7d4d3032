import type { UserId } from '@hongyan/protocol';
import { advisedDelayMs, growingDelayMs } from '../engine/backoff.ts';
import { PEOPLE_MAX } from '../stores/store.ts';
import { type Person, SdkError } from '../types.ts';

const ASKED_AT_ONCE_MAX = 100;
/** Questions of one moment share one request. */
const COLLECT_MS = 10;

export interface PeopleHooks {
  /** Asks the server; those it does not know are left out. */
  fetch: (userIds: readonly UserId[]) => Promise<Person[]>;
  /** A profile became known or changed. */
  known: (person: Person) => void;
  /** Profiles that the device has to keep. */
  save: (people: readonly Person[]) => void;
}

/** When the server is asked next. */
type Asking =
  | { name: 'resting' }
  | { name: 'collecting'; timer: ReturnType<typeof setTimeout> }
  | { name: 'asked' }
  /** After a failure. `advised`: the server said when to come back. */
  | { name: 'pausing'; timer: ReturnType<typeof setTimeout>; advised: boolean };

/** Profiles, as far as they are known. Asks for those that are not, or that come from the store, many at a time. */
export class People {
  readonly #hooks: PeopleHooks;
  /** The one learnt longest ago comes first. */
  readonly #people = new Map<UserId, Person>();
  readonly #wanted = new Set<UserId>();
  /** From the store, and not compared with the server since. */
  readonly #stale = new Set<UserId>();
  #asking: Asking = { name: 'resting' };
  #pauseMs = 0;

  constructor(hooks: PeopleHooks) {
    this.#hooks = hooks;
  }

  get(userId: UserId): Person | undefined {
    const person = this.#people.get(userId);
    if (!person && this.#wanted.size < PEOPLE_MAX) {
      this.#wanted.add(userId);
      this.#collect();
    }
    return person;
  }

  /** Takes what the device kept. It is shown at once, and compared with the server by `refresh`. */
  restore(people: readonly Person[]): void {
    for (const { userId } of people) this.#stale.add(userId);
    this.#take(people);
  }

  /** The server can be reached: asks for what came from the store, once, and for what could not be asked before. */
  refresh(): void {
    if (this.#asking.name === 'pausing' && !this.#asking.advised) this.#rest();
    this.#collect();
  }

  /** Takes what the server says. */
  learn(people: readonly Person[]): void {
    for (const { userId } of people) {
      this.#wanted.delete(userId);
      this.#stale.delete(userId);
    }
    const changed = this.#take(people);
    if (changed.length > 0) this.#hooks.save(changed);
  }

  clear(): void {
    this.#rest();
    this.#pauseMs = 0;
    this.#people.clear();
    this.#wanted.clear();
    this.#stale.clear();
  }

  /** Gives those that are new or different. */
  #take(people: readonly Person[]): Person[] {
    const changed = people.map(profileOf).filter((person) => !isSame(this.#people.get(person.userId), person));
    for (const person of changed) {
      this.#people.delete(person.userId);
      this.#people.set(person.userId, person);
    }
    for (const oldest of this.#people.keys()) {
      if (this.#people.size <= PEOPLE_MAX) break;
      this.#people.delete(oldest);
    }
    for (const person of changed) this.#hooks.known(person);
    return changed;
  }

  #rest(): void {
    if ('timer' in this.#asking) clearTimeout(this.#asking.timer);
    this.#asking = { name: 'resting' };
  }

  #collect(): void {
    if (this.#asking.name !== 'resting' || this.#wanted.size + this.#stale.size === 0) return;
    this.#asking = { name: 'collecting', timer: setTimeout(() => void this.#ask(), COLLECT_MS) };
  }

  async #ask(): Promise<void> {
    const asked: Asking = { name: 'asked' };
    this.#asking = asked;
    const userIds = [...new Set([...this.#wanted, ...this.#stale])].slice(0, ASKED_AT_ONCE_MAX);
    try {
      const people = await this.#hooks.fetch(userIds);
      if (this.#asking !== asked) return;
      for (const userId of userIds) {
        this.#wanted.delete(userId);
        this.#stale.delete(userId);
      }
      this.#pauseMs = 0;
      this.#rest();
      this.learn(people);
      this.#collect();
    } catch (error) {
      if (this.#asking === asked) this.#pause(error instanceof SdkError ? error.retryAfterMs : 0);
    }
  }

  /** CON-2. */
  #pause(retryAfterMs: number): void {
    this.#pauseMs = growingDelayMs(this.#pauseMs, Math.random());
    const askAgain = () => {
      this.#rest();
      this.#collect();
    };
    const timer = setTimeout(askAgain, advisedDelayMs(retryAfterMs, this.#pauseMs));
    this.#asking = { name: 'pausing', timer, advised: retryAfterMs > 0 };
  }
}

const profileOf = ({ userId, handle, displayName, statusLine }: Person): Person => ({
  userId,
  handle,
  displayName,
  statusLine,
});

const isSame = (a: Person | undefined, b: Person) =>
  a?.handle === b.handle && a.displayName === b.displayName && a.statusLine === b.statusLine;
