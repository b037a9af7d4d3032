import fc from 'fast-check';
import protobuf from 'protobufjs';
import { integers, strings } from './wire-arbitraries.ts';

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
