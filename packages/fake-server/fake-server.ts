import { type ConversationId, ID_LENGTH, idFromBytes } from '@hongyan/protocol';
import { createMemoryState } from '@hongyan/server/adapters/store/memory/index.ts';
import { type Backend, startBackend } from './backend.ts';
import { FakePerson } from './fake-person.ts';
import { type Destination, Network } from './network.ts';
import { random } from './platform.ts';
import { answer } from './rest.ts';

/** What a person is made with; what is left out follows from the rest. */
export interface NewPerson {
  displayName: string;
  /** 3 to 32 of a–z, 0–9, ".", "_" and "-"; left out: `person-1`, `person-2` and so on. */
  handle?: string;
  /** At least 8 characters; left out: `correct horse`. */
  password?: string;
}

/**
 * A server for the tests of apps that use the SDK, in the memory of the test: the logic, sessions and rules of the real one, without
 * network, database and cryptography. It lives by the clock of the test runner, so fake timers let its time pass, too.
 */
export class FakeServer {
  readonly #state = createMemoryState();
  readonly #destination: Destination = {
    door: () => this.#backend?.gateway.door,
    answer: (request) =>
      this.#backend ? answer(this.#backend, request) : Promise.reject(new TypeError('nobody is there')),
  };
  /** Of whoever does not come through a person's: the `options` for a client that signs in by itself. */
  readonly network = new Network(this.#destination);
  #backend: Backend | undefined = startBackend(this.#state, newId);
  #count = 0;

  /** Makes an account. Rejects with AuthError `handle-taken`. */
  async person({ displayName, handle, password = 'correct horse' }: NewPerson): Promise<FakePerson> {
    this.#count += 1;
    const named = { displayName, handle: handle ?? `person-${this.#count}`, password };
    const { sessions, devices } = this.#running;
    const session = await sessions.register({ ...named, deviceName: '', deviceKind: 'bot' });
    await devices.signOut(session);
    return new FakePerson({ ...named, userId: session.userId }, () => this.#running, new Network(this.#destination));
  }

  /** Makes a group of `owner` and others. */
  async group(
    owner: FakePerson,
    { name, members }: { name: string; members: readonly FakePerson[] },
  ): Promise<ConversationId> {
    return this.#running.createGroup(owner.userId, { name, members: members.map(({ userId }) => userId) });
  }

  /** Ends all connections as a server does that is shut down, and takes no more. */
  async stop(): Promise<void> {
    const backend = this.#backend;
    this.#backend = undefined;
    await backend?.stop();
  }

  /** Starts again with all that it held. */
  start(): void {
    this.#backend ??= startBackend(this.#state, newId);
  }

  get #running(): Backend {
    if (this.#backend === undefined) throw new Error('the fake server is stopped');
    return this.#backend;
  }
}

const newId = () => idFromBytes('m', random.bytes(ID_LENGTH));

/** A server of a test's own. Stop it when the test is over: `await server.stop()`. */
export const createFakeServer = (): FakeServer => new FakeServer();
