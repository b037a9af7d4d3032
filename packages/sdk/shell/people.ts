import type { UserId } from '@hongyan/protocol';
import type { Person } from '../types.ts';

const PEOPLE_MAX = 5_000;
const ASKED_AT_ONCE_MAX = 100;
/** Questions of one moment share one request. */
const COLLECT_MS = 10;
const RETRY_PAUSE_MS = 10_000;

/** Profiles, as far as they are known. Asks for those that are not, many at a time. */
export class People {
  readonly #fetch: (userIds: readonly UserId[]) => Promise<Person[]>;
  readonly #known: (person: Person) => void;
  readonly #people = new Map<UserId, Person>();
  readonly #wanted = new Set<UserId>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(fetch: (userIds: readonly UserId[]) => Promise<Person[]>, known: (person: Person) => void) {
    this.#fetch = fetch;
    this.#known = known;
  }

  get(userId: UserId): Person | undefined {
    const person = this.#people.get(userId);
    if (!person && this.#wanted.size < PEOPLE_MAX) {
      this.#wanted.add(userId);
      this.#schedule(COLLECT_MS);
    }
    return person;
  }

  learn(people: readonly Person[]): void {
    for (const person of people) {
      const known = this.#people.get(person.userId);
      this.#people.delete(person.userId);
      this.#people.set(person.userId, person);
      this.#wanted.delete(person.userId);
      if (!known || known.displayName !== person.displayName || known.statusLine !== person.statusLine) {
        this.#known(person);
      }
    }
    for (const oldest of this.#people.keys()) {
      if (this.#people.size <= PEOPLE_MAX) break;
      this.#people.delete(oldest);
    }
  }

  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#people.clear();
    this.#wanted.clear();
  }

  #schedule(delayMs: number): void {
    this.#timer ??= setTimeout(() => void this.#ask(), delayMs);
  }

  async #ask(): Promise<void> {
    const timer = this.#timer;
    const userIds = [...this.#wanted].slice(0, ASKED_AT_ONCE_MAX);
    let delayMs = COLLECT_MS;
    try {
      const people = await this.#fetch(userIds);
      if (this.#timer !== timer) return;
      for (const userId of userIds) this.#wanted.delete(userId);
      this.learn(people);
    } catch {
      delayMs = RETRY_PAUSE_MS;
    }
    if (this.#timer !== timer) return;
    this.#timer = undefined;
    if (this.#wanted.size > 0) this.#schedule(delayMs);
  }
}
