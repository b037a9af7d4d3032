import type { Reader } from './reader.ts';
import type { AnyFields, Fields, ValueType } from './table-fields.ts';
import { type Message, type Plan, planOf } from './table-plan.ts';
import type { WireType } from './wire.ts';
import type { Writer } from './writer.ts';

/** A kind of message that is written and read by going through a table of its fields instead of by code of its own. */
export class Table<T> implements WireType<T>, ValueType<T> {
  readonly wire = 2;
  readonly zero = undefined;
  readonly #fields: Fields<T>;
  #made: Plan | undefined;

  constructor(fields: Fields<T>) {
    this.#fields = fields;
  }

  put(writer: Writer, tag: number, message: T): void {
    writer.message(tag, message, this.write);
  }

  take(reader: Reader): T {
    return this.read(reader, reader.end());
  }

  readonly write = (message: T, writer: Writer): void => {
    for (const put of this.#plan.puts) put(message as Message, writer);
  };

  readonly read = (reader: Reader, end: number): T => {
    const { takes, blank, lists } = this.#plan;
    const message = { ...blank };
    for (const name of lists) message[name] = [];
    for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
      const take = takes[tag];
      if (take) take(message, reader);
      else reader.skip(tag);
    }
    return message as T;
  };

  /** Made when it is first needed: most programs need few of the tables. */
  get #plan(): Plan {
    this.#made ??= planOf(this.#fields as AnyFields);
    return this.#made;
  }
}
