// The codec as straight-line code, a function for each message and direction: fast, and what servers use.
import {
  camel,
  casesOf,
  foreignTypes,
  isEnum,
  isForeign,
  isMessage,
  isOneof,
  membersOf,
  messagesOf,
  scalars,
  wireOf,
} from './schema.mjs';

const tag = (field, wire = wireOf(field)) => (field.id << 3) | wire;

function writeOne(field, value) {
  if (isMessage(field)) return `writer.message(${tag(field)}, ${value}, write${field.resolvedType.name});`;
  return `writer.${isEnum(field) ? 'uint32' : field.type}(${tag(field)}, ${value});`;
}

function writePlain(field) {
  const value = `message.${camel(field.name)}`;
  if (field.repeated && wireOf(field) === 2) return `  for (const item of ${value}) ${writeOne(field, 'item')}`;
  if (field.repeated) return `  if (${value}.length > 0) writer.packed(${tag(field, 2)}, ${value});`;
  const present =
    field.type === 'bytes' ? `${value}.length > 0` : isMessage(field) ? `${value} !== undefined` : `${value}`;
  return `  if (${present}) ${writeOne(field, value)}`;
}

function writeOneof(oneof) {
  const name = camel(oneof.name);
  const cases = casesOf(oneof).map(
    (field) => `    case '${camel(field.name)}':\n      ${writeOne(field, `${name}.value`)}\n      break;`,
  );
  return `  const { ${name} } = message;\n  switch (${name}?.case) {\n${cases.join('\n')}\n  }`;
}

function writeCode(type) {
  const lines = membersOf(type).map((member) => (isOneof(member) ? writeOneof(member) : writePlain(member)));
  if (lines.length === 0) return `export function write${type.name}(): void {}\n`;
  return `export function write${type.name}(message: schema.${type.name}, writer: Writer): void {\n${lines.join('\n')}\n}\n`;
}

function zero(member) {
  if (member.repeated) return '[]';
  if (isOneof(member) || isMessage(member)) return 'undefined';
  return isEnum(member) ? '0' : scalars[member.type].zero;
}

function readOne(field, namespace) {
  const { name } = field.resolvedType ?? {};
  if (isMessage(field)) return `read${name}(reader, reader.end())`;
  if (!isEnum(field)) return `reader.${field.type}()`;
  return `reader.uint32() as ${isForeign(field.resolvedType, namespace) ? '' : 'schema.'}${name}`;
}

function readCase(field, namespace) {
  const target = `message.${camel((field.partOf ?? field).name)}`;
  const value = readOne(field, namespace);
  const one = (statement, wire) => `      case ${tag(field, wire)}:\n        ${statement};\n        break;`;
  if (field.partOf) return one(`${target} = { case: '${camel(field.name)}', value: ${value} }`);
  if (!field.repeated) return one(`${target} = ${value}`);
  const item = one(`${target}.push(${value})`);
  return wireOf(field) === 2 ? item : `${item}\n${one(`reader.packed(${target}, () => ${value})`, 2)}`;
}

function readCode(type, namespace) {
  const names = membersOf(type).map((member) => `    ${camel(member.name)}: ${zero(member)},`);
  const cases = [
    ...type.fieldsArray.map((field) => readCase(field, namespace)),
    '      default:\n        reader.skip(tag);',
  ];
  return `export function read${type.name}(reader: Reader, end: number): schema.${type.name} {
  const message: schema.${type.name} = {
${names.join('\n')}
  };
  for (let tag = reader.tag(end); tag > 0; tag = reader.tag(end)) {
    switch (tag) {
${cases.join('\n')}
    }
  }
  return message;
}
`;
}

const wireTypeCode = ({ name }) =>
  `export const ${name}: WireType<schema.${name}> = { write: write${name}, read: read${name} };`;

/** Functions for the messages of earlier packages, and their enums. */
function importsOf(namespace, from) {
  const used = foreignTypes(namespace);
  const enums = used.filter((type) => type.values).map(({ name }) => name);
  const functions = used.filter((type) => !type.values).flatMap(({ name }) => [`read${name}`, `write${name}`]);
  return [
    enums.length > 0 ? `import type { ${enums.join(', ')} } from './${from}.ts';\n` : '',
    functions.length > 0 ? `import { ${functions.sort().join(', ')} } from './${from}-functions.ts';\n` : '',
  ].join('');
}

export function functionsCode({ namespace, file, imports }) {
  const types = messagesOf(namespace);
  const usesBytes = types.some((type) => type.fieldsArray.some((field) => field.type === 'bytes' && !field.partOf));
  return `import { ${usesBytes ? 'NO_BYTES, ' : ''}type Reader } from '../reader.ts';
import type { WireType } from '../wire.ts';
import type { Writer } from '../writer.ts';
${importsOf(namespace, imports)}import type * as schema from './${file}.ts';

${[...types.map(writeCode), ...types.map((type) => readCode(type, namespace))].join('\n')}
${types.map(wireTypeCode).join('\n')}
`;
}
