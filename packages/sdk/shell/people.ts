import type { UserId } from '@hongyan/protocol';
import { PEOPLE_MAX } from '../stores/store.ts';
import type { Person } from '../types.ts';

const ASKED_AT_ONCE_MAX = 100;
/** Questions of one moment share one request. */
const COLLECT_MS = 10;
const RETRY_PAUSE_MS = 10_000;

export interface PeopleHooks {
  /** Asks the server; those it does not know are left out. */
  fetch: (userIds: readonly UserId[]) => Promise<Person[]>;
  /** A profile became known or changed. */
  known: (person: Person) => void;
  /** Profiles that the device has to keep. */
  save: (people: readonly Person[]) => void;
}

/** Profiles, as far as they are known. Asks for those that are not, or that come from the store, many at a time. */
export class People {
  readonly #hooks: PeopleHooks;
  /** The one learnt longest ago comes first. */
  readonly #people = new Map<UserId, Person>();
  readonly #wanted = new Set<UserId>();
  /** From the store, and not compared with the server since. */
  readonly #stale = new Set<UserId>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(hooks: PeopleHooks) {
    this.#hooks = hooks;
  }

  get(userId: UserId): Person | undefined {
    const person = this.#people.get(userId);
    if (!person && this.#wanted.size < PEOPLE_MAX) {
      this.#wanted.add(userId);
      this.#schedule(COLLECT_MS);
    }
    return person;
  }

  /** Takes what the device kept. It is shown at once, and compared with the server by `refresh`. */
  restore(people: readonly Person[]): void {
    for (const { userId } of people) this.#stale.add(userId);
    this.#take(people);
  }

  /** The server can be reached: asks for what came from the store, once. */
  refresh(): void {
    if (this.#stale.size > 0) this.#schedule(COLLECT_MS);
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
    clearTimeout(this.#timer);
    this.#timer = undefined;
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

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => void this.#ask(), delayMs);
  }

  async #ask(): Promise<void> {
    const timer = this.#timer;
    const userIds = [...new Set([...this.#wanted, ...this.#stale])].slice(0, ASKED_AT_ONCE_MAX);
    let delayMs = COLLECT_MS;
    try {
      const people = await this.#hooks.fetch(userIds);
      if (this.#timer !== timer) return;
      for (const userId of userIds) {
        this.#wanted.delete(userId);
        this.#stale.delete(userId);
      }
      this.learn(people);
    } catch {
      delayMs = RETRY_PAUSE_MS;
    }
    if (this.#timer !== timer) return;
    this.#timer = undefined;
    if (this.#wanted.size + this.#stale.size > 0) this.#schedule(delayMs);
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
