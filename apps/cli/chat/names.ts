import type { Client, Person } from '@hongyan/sdk/node';

const LOOK_UP_DEADLINE_MS = 3_000;

/** Handles of people, asked for when they are not known yet. */
export class Names {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /** The handle; the user id when it does not become known in time. */
  async handleOf(userId: string): Promise<string> {
    const { me } = this.#client;
    if (userId === me?.userId) return me.handle;
    const known = this.#client.person(userId);
    return known?.handle ?? (await this.#look(userId)) ?? userId;
  }

  /** Somebody by handle: among those known on this device, then at the server. Rejects with SdkError. */
  async find(handle: string): Promise<Person | undefined> {
    const same = (person: Person | undefined) => person?.handle.toLowerCase() === handle.toLowerCase();
    const { me, conversations } = this.#client;
    if (same(me)) return me;
    for (const { peerId } of conversations) {
      const person = peerId === undefined ? undefined : this.#client.person(peerId);
      if (same(person)) return person;
    }
    return (await this.#client.findPeople(handle)).find(same);
  }

  #look(userId: string): Promise<string | undefined> {
    return new Promise((resolve) => {
      const finish = (handle: string | undefined) => {
        clearTimeout(deadline);
        stop();
        resolve(handle);
      };
      const deadline = setTimeout(() => finish(undefined), LOOK_UP_DEADLINE_MS);
      const stop = this.#client.on('person', (person) => {
        if (person.userId === userId) finish(person.handle);
      });
    });
  }
}
