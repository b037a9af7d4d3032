/** One SQL statement that every connection prepares when it is opened, under this name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** A Buffer is sent in PostgreSQL's binary form of the parameter's type, a string in its text form. */
export type Parameter = string | Buffer | null;

/** A statement with what it is asked. */
export interface Call {
  readonly statement: Statement;
  readonly values: readonly Parameter[];
}

/** The columns of a result in their order, in PostgreSQL's text form. */
export type Row = readonly (string | null)[];

export const call = (statement: Statement, ...values: Parameter[]): Call => ({ statement, values });
