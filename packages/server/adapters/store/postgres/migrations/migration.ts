/** One step of the schema, applied once and in order. */
export interface Migration {
  /** The schema's version after this step: contiguous from 1. */
  version: number;
  /** The step, for a database whose hot tables have this number of partitions. */
  sql(partitionCount: number): string;
}
