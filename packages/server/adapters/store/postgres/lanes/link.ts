import { setTimeout } from 'node:timers/promises';
import type { Connection } from '../wire/connection.ts';

const PAUSE_MIN_MS = 50;
/** People wait for a server that takes over. */
const PAUSE_MAX_MS = 2_000;

/** A connection that is made anew when it was lost, with growing pauses that differ from node to node. */
export class Link {
  readonly #open: () => Promise<Connection>;
  readonly #onTrouble: (error: Error) => void;
  readonly #closed = new AbortController();
  #connection: Connection | undefined;
  #connecting: Promise<Connection | undefined> | undefined;

  /** `onTrouble` is told of every attempt that failed. */
  constructor(open: () => Promise<Connection>, onTrouble: (error: Error) => void) {
    this.#open = open;
    this.#onTrouble = onTrouble;
  }

  /** The connection there is, if there is one. */
  get current(): Connection | undefined {
    return this.#connection?.lost === false ? this.#connection : undefined;
  }

  /** Resolves as soon as there is a connection, however long that takes; undefined when the link was closed meanwhile. */
  async connection(): Promise<Connection | undefined> {
    this.#connecting ??= this.#connect().finally(() => {
      this.#connecting = undefined;
    });
    return this.#connecting;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#connecting;
    await this.#connection?.close();
  }

  async #connect(): Promise<Connection | undefined> {
    for (let failures = 0; !this.#closed.signal.aborted; failures++) {
      try {
        this.#connection = await this.#open();
        return this.#connection;
      } catch (error) {
        this.#onTrouble(error instanceof Error ? error : new Error(String(error)));
        await this.#pause(Math.min(PAUSE_MIN_MS * 2 ** failures, PAUSE_MAX_MS));
      }
    }
    return undefined;
  }

  async #pause(longestMs: number): Promise<void> {
    const { signal } = this.#closed;
    await setTimeout(longestMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
  }
}
