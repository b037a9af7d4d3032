import type { Reader } from './reader.ts';
import { type AnyFields, type AnyShape, isNumbered, isOneof, type Numbered, type ValueType } from './table-fields.ts';
import type { Writer } from './writer.ts';

export type Message = Record<string, unknown>;
type AnyType = ValueType<unknown>;

interface Case {
  of: string;
  type: AnyType;
  number: number;
}

/** What a table of fields comes to. */
export interface Plan {
  /** In the order in which they write. */
  readonly puts: ((message: Message, writer: Writer) => void)[];
  /** What there is to do with each tag. */
  readonly takes: ((message: Message, reader: Reader) => void)[];
  /** A message of which nothing was read, but for its lists: each message has lists of its own. */
  readonly blank: Message;
  readonly lists: string[];
}

export function planOf(fields: AnyFields): Plan {
  const plan: Plan = { puts: [], takes: [], blank: {}, lists: [] };
  let number = 0;
  const shapeOf = <S extends AnyShape>(field: Numbered<S>): S => {
    const isOwn = isNumbered(field);
    number = isOwn ? field[0] : number + 1;
    return isOwn ? field[1] : field;
  };
  for (const [name, member] of Object.entries(fields)) {
    if (isOneof(member)) {
      const cases = Object.entries(member).map(([of, field]) => ({ of, type: shapeOf(field), number }));
      addOneof(plan, name, cases);
    } else {
      const shape = shapeOf(member);
      if ('put' in shape) addField(plan, name, shape, number);
      else addList(plan, name, shape[0], number);
    }
  }
  return plan;
}

function addField({ puts, takes, blank }: Plan, name: string, type: AnyType, number: number): void {
  const tag = (number << 3) | type.wire;
  blank[name] = type.zero;
  puts.push((message, writer) => {
    const value = message[name];
    if (value instanceof Uint8Array ? value.length > 0 : value) type.put(writer, tag, value);
  });
  takes[tag] = (message, reader) => {
    message[name] = type.take(reader);
  };
}

/** Numbers are written packed, and read either way. */
function addList({ puts, takes, lists }: Plan, name: string, type: AnyType, number: number): void {
  const tag = (number << 3) | type.wire;
  const packedTag = (number << 3) | 2;
  const listOf = (message: Message) => message[name] as unknown[];
  lists.push(name);
  puts.push((message, writer) => {
    const values = listOf(message);
    if (type.wire === 2) for (const value of values) type.put(writer, tag, value);
    else if (values.length > 0) writer.packed(packedTag, values as number[]);
  });
  takes[packedTag] = (message, reader) => reader.packed(listOf(message), () => type.take(reader));
  takes[tag] = (message, reader) => void listOf(message).push(type.take(reader));
}

function addOneof({ puts, takes, blank }: Plan, name: string, cases: Case[]): void {
  blank[name] = undefined;
  const byName = new Map(cases.map(({ of, type, number }) => [of, { type, tag: (number << 3) | type.wire }]));
  puts.push((message, writer) => {
    const chosen = message[name] as { case: string; value: unknown } | undefined;
    const known = chosen && byName.get(chosen.case);
    known?.type.put(writer, known.tag, chosen?.value);
  });
  for (const [of, { type, tag }] of byName) {
    takes[tag] = (message, reader) => {
      message[name] = { case: of, value: type.take(reader) };
    };
  }
}
