/** A value that a query is asked with. */
export type Value = string | number | null;

/**
 * One statement in the SQL that all engines share, with named parameters (`:name`), and the columns of its rows in their
 * order. The contract suite runs each on every engine.
 */
export interface Query<Parameters extends Readonly<Record<string, Value>>, Row> {
  readonly name: string;
  readonly sql: string;
  readonly columns: Readonly<Record<keyof Row & string, 'text' | 'number'>>;
  /** Never there: it ties the parameters' type to the query. */
  readonly asked?: Parameters;
}

/** A query with its parameters, as an operation asks it. */
export interface Ask {
  readonly kind: 'ask';
  readonly query: Query<Record<string, Value>, object>;
  readonly parameters: Record<string, Value>;
}

/** Asks and answers the rows: `yield* ask(…)`. */
export function* ask<Parameters extends Record<string, Value>, Row extends object>(
  query: Query<Parameters, Row>,
  parameters: Parameters,
): Generator<Ask, Row[], object[]> {
  const erased = query as unknown as Ask['query'];
  return (yield { kind: 'ask', query: erased, parameters }) as Row[];
}
