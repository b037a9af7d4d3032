import { StoreOpenError } from '../open-error.ts';
import { proveCommits } from './wire/commit-proof.ts';
import type { Connection } from './wire/connection.ts';
import { describe } from './wire/failure.ts';
import type { ServerAddress } from './wire/server-url.ts';
import type { Statement } from './wire/statement.ts';

/** The server that a store works with. */
export interface PrimaryServer {
  /** Host and port, or the directory of its socket. */
  name: string;
  /** Grows with every promotion of a standby. */
  timeline: number;
  /** `synchronous_standby_names`; when empty, a failover may lose what was committed last. */
  synchronousStandbys: string;
}

export interface PrimaryOptions {
  servers: readonly ServerAddress[];
  /** Opens a connection to one of them. */
  open: (url: string) => Promise<Connection>;
  /** Told when the server is found, and whenever it is another one or has become another. */
  onFound: (server: PrimaryServer) => void;
}

/**
 * The way to the server that takes writes, whichever of those named it is at the moment. When a standby has taken over, that
 * is seen by the timeline of the first connection to it: then all others are given up, so that nobody reads from a server that
 * was left behind, and none is made to it any more.
 */
export class Primary {
  readonly #options: PrimaryOptions;
  readonly #connections = new Set<Connection>();
  #found: (PrimaryServer & { systemId: string; at: number }) | undefined;

  constructor(options: PrimaryOptions) {
    this.#options = options;
  }

  /**
   * Tries each server once, first the one that was found last. Rejects with StoreOpenError, which says of each server what is
   * wrong with it.
   */
  async connect(statements: readonly Statement[]): Promise<Connection> {
    const { servers } = this.#options;
    const first = this.#found?.at ?? 0;
    const failures: { name: string; error: unknown }[] = [];
    for (const [offset] of servers.entries()) {
      const at = (first + offset) % servers.length;
      const server = servers[at] ?? { name: '', url: '' };
      try {
        return await this.#connectTo(server, at, statements);
      } catch (error) {
        failures.push({ name: server.name, error });
      }
    }
    throw summary(failures);
  }

  async #connectTo({ name, url }: ServerAddress, at: number, statements: readonly Statement[]): Promise<Connection> {
    const open = () => this.#options.open(url);
    const connection = await open();
    try {
      this.#requireLatest(connection);
      await proveCommits(connection, open);
      await connection.prepare(statements);
      this.#requireLatest(connection);
      this.#keep(connection, name, at);
      return connection;
    } catch (error) {
      connection.abandon();
      throw error;
    }
  }

  /** Throws StoreOpenError when what was found before stands against this server. */
  #requireLatest({ standing }: Connection): void {
    const known = this.#found;
    if (known === undefined) return;
    if (standing.systemId !== known.systemId) {
      throw new StoreOpenError('failed', `it is no copy of ${known.name}, it holds another database`);
    }
    if (standing.timeline < known.timeline) {
      throw new StoreOpenError('no-primary', `it was left behind when ${known.name} took over, and has to be stopped`);
    }
  }

  #keep(connection: Connection, name: string, at: number): void {
    const { systemId, timeline, synchronousStandbys } = connection.standing;
    const known = this.#found;
    if (known !== undefined && timeline > known.timeline) this.#leave();
    this.#found = { at, name, systemId, timeline, synchronousStandbys };
    const isNews =
      name !== known?.name || timeline !== known.timeline || synchronousStandbys !== known.synchronousStandbys;
    if (isNews) this.#options.onFound({ name, timeline, synchronousStandbys });
    for (const one of this.#connections) if (one.lost) this.#connections.delete(one);
    this.#connections.add(connection);
  }

  /** Ends what is under way on the server before; what it wrote there is in doubt. */
  #leave(): void {
    for (const connection of this.#connections) connection.abandon();
    this.#connections.clear();
  }
}

/** The reason is the one that somebody has to do something about. */
function summary(failures: readonly { name: string; error: unknown }[]): StoreOpenError {
  const errors = failures.map(({ error }) => error);
  const reasons = errors.flatMap((error) => (error instanceof StoreOpenError ? [error.reason] : []));
  const reason = reasons.find((one) => one !== 'no-primary') ?? reasons[0] ?? 'failed';
  const said = failures.map(({ name, error }) => `${name}: ${describe(error)}`).join('; ');
  return new StoreOpenError(reason, `the database could not be opened: ${said}`, { cause: errors[0] });
}
