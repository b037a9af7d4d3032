// Generates packages/protocol/gen/*.ts from spec/, a file for each package: types, enums and the codec, on protobufjs's
// parser and its Reader and Writer. Plain objects and tagged unions come out; `--check` fails when a committed file is stale.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';

const root = new URL('..', import.meta.url).pathname;

/** What a package is called, where its files are, and where its code goes. Later ones may use earlier ones. */
const packages = [
  { name: 'hongyan.v1', folder: 'spec/hongyan/v1', file: 'hongyan.ts' },
  { name: 'hongyan.cluster.v1', folder: 'spec/hongyan/cluster/v1', file: 'cluster.ts' },
];

const scalars = {
  string: { type: 'string', zero: "''", wire: 2 },
  bytes: { type: 'Uint8Array', zero: 'new Uint8Array(0)', wire: 2 },
  uint32: { type: 'number', zero: '0', wire: 0 },
  uint64: { type: 'number', zero: '0', wire: 0 },
  bool: { type: 'boolean', zero: 'false', wire: 0 },
};

const camel = (name) => name.replace(/_([a-z0-9])/g, (_, c) => c.toUpperCase());

function load(schema, { folder, name: packageName }) {
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

const doc = (comment, indent = '') => (comment ? `${indent}/** ${comment.replace(/\s*\n\s*/g, ' ')} */\n` : '');

const constant = (enumName, valueName) => {
  const prefix = enumName.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
  return valueName.slice(prefix.length + 1);
};

function enumCode(type) {
  const lines = Object.entries(type.values).map(
    ([name, number]) => `${doc(type.comments[name], '  ')}  ${constant(type.name, name)}: ${number},`,
  );
  return `${doc(type.comment)}export const ${type.name} = {\n${lines.join('\n')}\n} as const;\nexport type ${type.name} = (typeof ${type.name})[keyof typeof ${type.name}];\n`;
}

const isMessage = (field) => field.resolvedType instanceof protobuf.Type;
const isEnum = (field) => field.resolvedType instanceof protobuf.Enum;
const single = (field) => (isMessage(field) || isEnum(field) ? field.resolvedType.name : scalars[field.type].type);

function fieldType(field) {
  if (field.repeated) return `${single(field)}[]`;
  return isMessage(field) ? `${single(field)} | undefined` : single(field);
}

function zero(field) {
  if (field.repeated) return '[]';
  if (isMessage(field)) return 'undefined';
  return isEnum(field) ? '0' : scalars[field.type].zero;
}

const isOptional = (field) => isMessage(field) && !field.repeated;
const plainFields = (type) => type.fieldsArray.filter((field) => !field.partOf);

function interfaceCode(type) {
  const lines = plainFields(type).map(
    (field) => `${doc(field.comment, '  ')}  ${camel(field.name)}${isOptional(field) ? '?' : ''}: ${fieldType(field)};`,
  );
  for (const oneof of type.oneofsArray) {
    const cases = oneof.fieldsArray.map((f) => `    | { case: '${camel(f.name)}'; value: ${single(f)} }`);
    lines.push(`  ${camel(oneof.name)}:\n${cases.join('\n')}\n    | undefined;`);
  }
  if (lines.length === 0) return `${doc(type.comment)}export type ${type.name} = Record<string, never>;\n`;
  return `${doc(type.comment)}export interface ${type.name} {\n${lines.join('\n')}\n}\n`;
}

const tag = (field, wire) => (field.id << 3) | wire;

function writeOne(field, value) {
  if (isMessage(field)) {
    return `write${single(field)}(${value}, writer.uint32(${tag(field, 2)}).fork()).ldelim()`;
  }
  const scalar = isEnum(field) ? 'uint32' : field.type;
  return `writer.uint32(${tag(field, isEnum(field) ? 0 : scalars[field.type].wire)}).${scalar}(${value})`;
}

function writeRepeated(field, value) {
  if (isMessage(field) || scalars[field.type]?.wire === 2) {
    return `  for (const item of ${value}) ${writeOne(field, 'item')};`;
  }
  const scalar = isEnum(field) ? 'uint32' : field.type;
  return [
    `  if (${value}.length > 0) {`,
    `    writer.uint32(${tag(field, 2)}).fork();`,
    `    for (const item of ${value}) writer.${scalar}(item);`,
    '    writer.ldelim();',
    '  }',
  ].join('\n');
}

function writeCode(type) {
  const lines = plainFields(type).map((field) => {
    const value = `message.${camel(field.name)}`;
    if (field.repeated) return writeRepeated(field, value);
    const present =
      field.type === 'bytes' ? `${value}.length > 0` : isMessage(field) ? `${value} !== undefined` : `${value}`;
    return `  if (${present}) ${writeOne(field, value)};`;
  });
  for (const oneof of type.oneofsArray) {
    const name = `message.${camel(oneof.name)}`;
    const cases = oneof.fieldsArray.map(
      (f) => `    case '${camel(f.name)}':\n      ${writeOne(f, `${name}.value`)};\n      break;`,
    );
    lines.push(`  switch (${name}?.case) {\n${cases.join('\n')}\n  }`);
  }
  const parameter = lines.length === 0 ? '_message' : 'message';
  return `export function write${type.name}(${parameter}: ${type.name}, writer: Writer): Writer {\n${lines.join('\n')}\n  return writer;\n}\n`;
}

function readOne(field) {
  if (isMessage(field)) return `read${single(field)}(reader, endOf(reader))`;
  if (isEnum(field)) return `reader.uint32() as ${single(field)}`;
  return (
    { uint64: 'safeInteger(reader)', string: 'text(reader)', bytes: 'bytes(reader)' }[field.type] ??
    `reader.${field.type}()`
  );
}

function readCase(field) {
  const wire = isMessage(field) ? 2 : isEnum(field) ? 0 : scalars[field.type].wire;
  const target = field.partOf ? camel(field.partOf.name) : camel(field.name);
  const label = `      case ${tag(field, wire)}:\n`;
  if (field.partOf) {
    return `${label}        message.${target} = { case: '${camel(field.name)}', value: ${readOne(field)} };\n        break;`;
  }
  if (!field.repeated) return `${label}        message.${target} = ${readOne(field)};\n        break;`;
  const one = `${label}        message.${target}.push(${readOne(field)});\n        break;`;
  if (wire === 2) return one;
  return `${one}\n      case ${tag(field, 2)}: {\n        const packedEnd = endOf(reader);\n        while (reader.pos < packedEnd) message.${target}.push(${readOne(field)});\n        break;\n      }`;
}

function readCode(type) {
  const names = [
    ...plainFields(type).map((field) => `    ${camel(field.name)}: ${zero(field)},`),
    ...type.oneofsArray.map((oneof) => `    ${camel(oneof.name)}: undefined,`),
  ];
  const cases = type.fieldsArray.map(readCase);
  const dispatch =
    cases.length === 0
      ? '    skip(reader, reader.uint32());'
      : `    const tag = reader.uint32();\n    switch (tag) {\n${cases.join('\n')}\n      default:\n        skip(reader, tag);\n    }`;
  return `export function read${type.name}(reader: Reader, end: number): ${type.name} {
  const message: ${type.name} = {
${names.join('\n')}
  };
  while (reader.pos < end) {
${dispatch}
  }
  if (reader.pos !== end) throw new RangeError('a field reaches beyond its message');
  return message;
}
`;
}

const packageOf = (type) => type.parent.fullName.slice(1);

/** The types and functions of earlier packages that a package uses. */
function importsOf(types, own) {
  const foreign = types.flatMap((type) =>
    type.fieldsArray.map((field) => field.resolvedType).filter((used) => used && packageOf(used) !== own),
  );
  return [...new Set(foreign)].map((used) => {
    const { file } = packages.find(({ name }) => name === packageOf(used));
    const functions = used instanceof protobuf.Type ? `, read${used.name}, write${used.name}` : '';
    return `import { type ${used.name}${functions} } from './${file}';\n`;
  });
}

/** Of what of the runtime's helpers the code speaks. */
const helpersIn = (code) =>
  ['bytes', 'endOf', 'safeInteger', 'skip', 'text'].filter((name) => new RegExp(`\\b${name}\\(reader`).test(code));

function generate(schema, one) {
  const { namespace, hash } = load(schema, one);
  const enums = namespace.nestedArray.filter((n) => n instanceof protobuf.Enum);
  const types = namespace.nestedArray.filter((n) => n instanceof protobuf.Type);
  const code = [
    ...enums.map(enumCode),
    ...types.map(interfaceCode),
    ...types.map(writeCode),
    ...types.map(readCode),
  ].join('\n');
  return `// Generated from ${one.folder} by \`npm run generate\`. Do not edit.
import type { Reader, Writer } from 'protobufjs/minimal.js';
import { ${helpersIn(code).join(', ')} } from '../wire.ts';
${importsOf(types, one.name).join('')}
/** Of the schema's text: a change of the schema changes it. */
export const SCHEMA_HASH = '${hash}';

${code}`;
}

const schema = new protobuf.Root();
for (const one of packages) {
  const path = `packages/protocol/gen/${one.file}`;
  const text = generate(schema, one);
  if (!process.argv.includes('--check')) writeFileSync(join(root, path), text);
  else if (readFileSync(join(root, path), 'utf8') !== text) {
    console.error(`${path} is stale: run \`npm run generate\`.`);
    process.exitCode = 1;
  }
}
