import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';

/** How protobuf's scalars look in TypeScript and on the wire. Others are not used by the schema. */
export const scalars = {
  string: { type: 'string', zero: "''", wire: 2 },
  bytes: { type: 'Uint8Array', zero: 'NO_BYTES', wire: 2 },
  uint32: { type: 'number', zero: '0', wire: 0 },
  uint64: { type: 'number', zero: '0', wire: 0 },
  bool: { type: 'boolean', zero: 'false', wire: 0 },
};

/** Reads the .proto files of one folder: the package in `schema`, and what changes when their text does. */
export function load(schema, root, { folder, name: packageName }) {
  const files = readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.proto'))
    .sort();
  const hash = createHash('sha256');
  for (const name of files) {
    const text = readFileSync(join(root, folder, name), 'utf8');
    hash.update(text);
    protobuf.parse(text, schema, { keepCase: false, alternateCommentMode: true });
  }
  schema.resolveAll();
  return { namespace: schema.lookup(packageName), hash: hash.digest('hex').slice(0, 16) };
}

export const enumsOf = (namespace) => namespace.nestedArray.filter((n) => n instanceof protobuf.Enum);
export const messagesOf = (namespace) => namespace.nestedArray.filter((n) => n instanceof protobuf.Type);

export const isMessage = (field) => field.resolvedType instanceof protobuf.Type;
export const isEnum = (field) => field.resolvedType instanceof protobuf.Enum;
export const wireOf = (field) => (isMessage(field) ? 2 : isEnum(field) ? 0 : scalars[field.type].wire);

export const camel = (name) => name.replace(/_([a-z0-9])/g, (_, c) => c.toUpperCase());
export const plainFields = (type) => type.fieldsArray.filter((field) => !field.partOf);

/** What a message has, in the order of numbers, in which it is written: fields, and oneofs at the number of their first case. */
export function membersOf(type) {
  const numberOf = (member) => member.id ?? Math.min(...member.fieldsArray.map(({ id }) => id));
  return [...plainFields(type), ...type.oneofsArray].sort((a, b) => numberOf(a) - numberOf(b));
}

export const isOneof = (member) => member instanceof protobuf.OneOf;
export const casesOf = (oneof) => [...oneof.fieldsArray].sort((a, b) => a.id - b.id);

const packageOf = (type) => type.parent.fullName.slice(1);

/** The messages and enums of earlier packages that messages of this one use. */
export function foreignTypes(namespace) {
  const used = messagesOf(namespace).flatMap((type) => type.fieldsArray.flatMap((field) => field.resolvedType ?? []));
  return [...new Set(used)].filter((type) => packageOf(type) !== namespace.fullName.slice(1));
}

export const isForeign = (type, namespace) => type.parent !== namespace;
