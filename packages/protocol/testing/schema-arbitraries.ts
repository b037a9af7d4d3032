import fc from 'fast-check';
import protobuf from 'protobufjs';
import { hostileBytes, integers, strings } from './wire-arbitraries.ts';

/** The schema as protobufjs reads it from the text of its files, with nothing of ours in between. */
export function schemaFrom(texts: readonly string[]): protobuf.Namespace {
  const root = new protobuf.Root();
  for (const text of texts) protobuf.parse(text, root);
  return root.resolveAll();
}

const UINT32_MAX = 0xffff_ffff;

const scalars: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  uint32: integers.map((value) => Math.min(value, UINT32_MAX)),
  uint64: integers,
  bool: fc.boolean(),
  string: strings.map((text) => text.toWellFormed()),
  bytes: fc.uint8Array({ maxLength: 40 }),
};

function fieldValues(field: protobuf.Field): fc.Arbitrary<unknown> {
  if (field.resolvedType instanceof protobuf.Type) return messages(field.resolvedType);
  if (field.resolvedType instanceof protobuf.Enum) return fc.constantFrom(...Object.values(field.resolvedType.values));
  const scalar = scalars[field.type];
  if (scalar === undefined) throw new Error(`a field of type ${field.type}`);
  return scalar;
}

/** Messages of a type as protobufjs wants them: any of the fields set, and of a oneof at most one. */
export function messages(type: protobuf.Type): fc.Arbitrary<object> {
  const plain = type.fieldsArray
    .filter((field) => field.partOf === null)
    .map((field): [string, fc.Arbitrary<unknown>] => [
      field.name,
      field.repeated ? fc.array(fieldValues(field), { maxLength: 3 }) : fieldValues(field),
    ]);
  const choices = type.oneofsArray.map((oneof) =>
    fc.oneof(...oneof.fieldsArray.map((field) => fc.record({ [field.name]: fieldValues(field) })), fc.constant({})),
  );
  return fc
    .tuple(fc.record(Object.fromEntries(plain), { requiredKeys: [] }), ...choices)
    .map((parts) => Object.assign({}, ...parts));
}

/** Bytes of a message that were damaged here and there. */
export const damaged = (type: protobuf.Type): fc.Arbitrary<Uint8Array> =>
  fc.tuple(messages(type), fc.nat(), fc.nat({ max: 3 }), hostileBytes).map(([message, seed, removed, inserted]) => {
    const bytes = type.encode(message).finish();
    const at = seed % (bytes.length + 1);
    return Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at + removed)]);
  });
