import { NO_BYTES, type Reader } from './reader.ts';
import type { Writer } from './writer.ts';

/** What the values of a field are, and how one is written and read. Methods, so that a table may hold types of anything. */
export interface ValueType<T> {
  /** The wire type in the tag: 0 is a varint, 2 has a length. */
  readonly wire: 0 | 2;
  /** What a field is that was not there. */
  readonly zero: T | undefined;
  put(writer: Writer, tag: number, value: T): void;
  take(reader: Reader): T;
}

export const UINT32: ValueType<number> = {
  wire: 0,
  zero: 0,
  put: (writer, tag, value) => writer.uint32(tag, value),
  take: (reader) => reader.uint32(),
};
export const UINT64: ValueType<number> = {
  wire: 0,
  zero: 0,
  put: (writer, tag, value) => writer.uint64(tag, value),
  take: (reader) => reader.uint64(),
};
export const BOOL: ValueType<boolean> = {
  wire: 0,
  zero: false,
  put: (writer, tag, value) => writer.bool(tag, value),
  take: (reader) => reader.bool(),
};
export const STRING: ValueType<string> = {
  wire: 2,
  zero: '',
  put: (writer, tag, value) => writer.string(tag, value),
  take: (reader) => reader.string(),
};
export const BYTES: ValueType<Uint8Array> = {
  wire: 2,
  zero: NO_BYTES,
  put: (writer, tag, value) => writer.bytes(tag, value),
  take: (reader) => reader.bytes(),
};

/** What a field may be: a value, or in `[ ]` any number of them. */
type Shape<T> = [T] extends [readonly (infer Item)[]] ? readonly [Single<Item>] : Single<T>;
/** Enums are numbers. */
type Single<T> = ValueType<[T] extends [number] ? number : T>;

/** A field has the number after that of the field before it, the first one 1; or says its own. */
export type Numbered<S> = S | readonly [number, S];

interface Case {
  case: string;
  value: unknown;
}
type Cases<T extends Case> = { readonly [C in T['case']]: Numbered<Shape<Extract<T, { case: C }>['value']>> };

/** The fields of a message in the order of their numbers, a oneof with its cases among them. */
export type Fields<T> = {
  readonly [Name in keyof T]-?: [Exclude<T[Name], undefined>] extends [Case]
    ? Cases<Exclude<T[Name], undefined>>
    : Numbered<Shape<Exclude<T[Name], undefined>>>;
};

/** As above, of any message. */
type AnyType = ValueType<unknown>;
export type AnyShape = AnyType | readonly [AnyType];
type AnyOneof = Readonly<Record<string, Numbered<AnyType>>>;
export type AnyFields = Readonly<Record<string, Numbered<AnyShape> | AnyOneof>>;

export const isOneof = (member: Numbered<AnyShape> | AnyOneof): member is AnyOneof =>
  !('put' in member || Array.isArray(member));

export const isNumbered = <S extends AnyShape>(field: S | readonly [number, S]): field is readonly [number, S] =>
  'length' in field && field.length === 2;
