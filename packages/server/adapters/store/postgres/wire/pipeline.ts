import type { Connection, Submittable } from 'pg';
import type { Call, Row } from './statement.ts';

/**
 * Several prepared statements in one write, with one Sync behind them: one round trip, and outside of a transaction block one
 * transaction. After an error PostgreSQL passes over what follows. The `handle…` methods are called by pg, as it calls those of
 * its own queries.
 */
export class Pipeline implements Submittable {
  readonly #calls: readonly Call[];
  readonly #results: Row[][] = [[]];
  readonly #settled = Promise.withResolvers<Row[][]>();

  constructor(calls: readonly Call[]) {
    this.#calls = calls;
  }

  /** The rows of each call; rejects with pg's error. */
  get results(): Promise<Row[][]> {
    return this.#settled.promise;
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const { statement, values } of this.#calls) {
      connection.bind({ statement: statement.name, values: [...values] }, true);
      connection.execute(null, true);
    }
    connection.sync();
    connection.stream.uncork();
  }

  handleDataRow({ fields }: { fields: Row }): void {
    this.#results.at(-1)?.push(fields);
  }

  handleCommandComplete(): void {
    this.#results.push([]);
  }

  handleReadyForQuery(): void {
    this.#settled.resolve(this.#results);
  }

  handleError(error: Error): void {
    this.#settled.reject(error);
  }
}

/** Parses statements under their names, once in a connection's life. */
export class Preparation implements Submittable {
  readonly #statements: Call['statement'][];
  readonly #settled = Promise.withResolvers<void>();

  constructor(statements: readonly Call['statement'][]) {
    this.#statements = [...statements];
  }

  get done(): Promise<void> {
    return this.#settled.promise;
  }

  submit(connection: Connection): void {
    connection.stream.cork();
    for (const { name, text } of this.#statements) connection.parse({ name, text, types: [] }, true);
    connection.sync();
    connection.stream.uncork();
  }

  handleReadyForQuery(): void {
    this.#settled.resolve();
  }

  handleError(error: Error): void {
    this.#settled.reject(error);
  }
}
