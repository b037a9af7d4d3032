import { Socket } from 'node:net';
import { Client } from 'pg';
import { Pipeline, Preparation } from './pipeline.ts';
import { sessionOptions } from './settings.ts';
import { requireFit, type Standing } from './standing.ts';
import { type Call, call, type Row, type Statement } from './statement.ts';

export interface ConnectionOptions {
  /** `postgres://user:password@host:port/database`, of one server, with `?sslmode=` and the like as libpq has them. */
  url: string;
  schema: string;
  /** How long one round trip may take (default 15 s); then the connection is given up. */
  roundTripDeadlineMs?: number;
}

/** What is asked first, what follows from the answer, and what it comes to: one transaction in two round trips. */
export interface Transaction<Answer> {
  /** Locks what the transaction depends on, and reads it. */
  readonly look: readonly Call[];
  decide(found: readonly Row[][]): { writes: readonly Call[]; answer(written: readonly Row[][]): Answer };
}

const CONNECT_DEADLINE_MS = 5_000;
/** So that a way that broke in silence is noticed before a request needs it. */
const KEEP_ALIVE_MS = 10_000;
/** Above the server's own limit for a statement, so that it is met only when the way or the server is dead. */
const ROUND_TRIP_DEADLINE_MS = 15_000;

/** Where the server warns that it stopped waiting for its standbys: what it calls committed, a failover may lose. */
const WAIT_FOR_STANDBYS = 'SyncRepWaitForLSN';
const NOWHERE: Standing = { systemId: '', timeline: 0, synchronousStandbys: '', pid: 0 };

const BEGIN: Statement = { name: 'begin', text: 'BEGIN' };
const COMMIT: Statement = { name: 'commit', text: 'COMMIT' };
const ROLLBACK: Statement = { name: 'rollback', text: 'ROLLBACK' };

/** One session of the database. Its methods are called one at a time; they reject with pg's errors. */
export class Connection {
  readonly #socket = new Socket();
  readonly #client: Client;
  readonly #roundTripDeadlineMs: number;
  #standing: Standing = NOWHERE;
  #lost = false;

  private constructor({ url, schema, roundTripDeadlineMs = ROUND_TRIP_DEADLINE_MS }: ConnectionOptions) {
    this.#roundTripDeadlineMs = roundTripDeadlineMs;
    this.#client = new Client({
      connectionString: url,
      options: sessionOptions(schema),
      connectionTimeoutMillis: CONNECT_DEADLINE_MS,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
      application_name: 'hongyan',
      stream: () => this.#socket,
    });
    this.#client.on('error', () => this.#giveUp());
    this.#client.on('end', () => this.#giveUp());
    this.#client.on('notice', ({ routine }) => {
      if (routine === WAIT_FOR_STANDBYS) this.#giveUp();
    });
  }

  /**
   * Rejects with StoreOpenError when the server takes no writes or its settings are none to rely on, with pg's error when
   * there is no server.
   */
  static async open(options: ConnectionOptions, statements: readonly Statement[]): Promise<Connection> {
    const connection = new Connection(options);
    try {
      const client = connection.#client;
      await client.connect();
      connection.#standing = await connection.#inTime(requireFit(client));
      await connection.prepare([BEGIN, COMMIT, ROLLBACK, ...statements]);
      return connection;
    } catch (error) {
      connection.#giveUp();
      throw error;
    }
  }

  /** Whether it will never answer again. */
  get lost(): boolean {
    return this.#lost;
  }

  /** What the server was when the connection was opened. */
  get standing(): Standing {
    return this.#standing;
  }

  /** Makes these statements known beside those that it was opened with. */
  prepare(statements: readonly Statement[]): Promise<void> {
    return this.#answered(this.#client.query(new Preparation(statements)).done);
  }

  /** All calls in one round trip: outside of `transact` and `transaction` they are one transaction. */
  run(calls: readonly Call[]): Promise<Row[][]> {
    return this.#answered(this.#client.query(new Pipeline(calls)).results);
  }

  async transact<Answer>({ look, decide }: Transaction<Answer>): Promise<Answer> {
    return this.#orRollBack(async () => {
      const [, ...found] = await this.run([call(BEGIN), ...look]);
      const { writes, answer } = decide(found);
      return answer(await this.run([...writes, call(COMMIT)]));
    });
  }

  /** A transaction around whatever `work` does with this connection. */
  async transaction<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    return this.#orRollBack(async () => {
      await this.run([call(BEGIN)]);
      const answer = await work();
      await this.run([call(COMMIT)]);
      return answer;
    });
  }

  /** Plain SQL without parameters, several statements at once: for the schema. */
  async execute(sql: string): Promise<Record<string, unknown>[]> {
    const result: unknown = await this.#answered(this.#client.query(sql));
    const last = Array.isArray(result) ? result.at(-1) : result;
    return (last as { rows?: Record<string, unknown>[] }).rows ?? [];
  }

  /** Takes leave of the server, for as long as a round trip may take. */
  async close(): Promise<void> {
    if (!this.#lost) await this.#inTime(this.#client.end());
  }

  /** Leaves at once; whatever is under way rejects, and may have happened. */
  abandon(): void {
    this.#giveUp();
  }

  async #orRollBack<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      if (!this.#lost) await this.run([call(ROLLBACK)]).catch(() => this.#giveUp());
      throw error;
    }
  }

  /** An answer that came as the connection was given up may not be relied on. */
  async #answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const value = await this.#inTime(answer);
    if (this.#lost) throw new Error('the connection was given up before its answer was sure');
    return value;
  }

  /** What does not end in time ends with the connection, so that no late answer is taken for a later one's. */
  async #inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const deadline = setTimeout(() => this.#giveUp(), this.#roundTripDeadlineMs);
    try {
      return await answer;
    } finally {
      clearTimeout(deadline);
    }
  }

  /** pg sees its socket go, and rejects what is under way. */
  #giveUp(): void {
    this.#lost = true;
    this.#socket.destroy();
  }
}
