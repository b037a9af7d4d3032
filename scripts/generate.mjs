// Generates packages/protocol/gen/*.ts from spec/, a file for each package: types, enums, and the codec on our Reader and
// Writer. Plain objects and tagged unions come out; `--check` fails when a committed file is stale.
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
  bytes: { type: 'Uint8Array', zero: 'NO_BYTES', wire: 2 },
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

const wireOf = (field) => (isMessage(field) ? 2 : isEnum(field) ? 0 : scalars[field.type].wire);
const tag = (field, wire = wireOf(field)) => (field.id << 3) | wire;

function writeOne(field, value) {
  if (isMessage(field)) return `writer.message(${tag(field)}, ${value}, write${single(field)});`;
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
  const cases = oneof.fieldsArray.map(
    (field) => `    case '${camel(field.name)}':\n      ${writeOne(field, `${name}.value`)}\n      break;`,
  );
  return `  const { ${name} } = message;\n  switch (${name}?.case) {\n${cases.join('\n')}\n  }`;
}

function writeCode(type) {
  const lines = [...plainFields(type).map(writePlain), ...type.oneofsArray.map(writeOneof)];
  if (lines.length === 0) return `export function write${type.name}(): void {}\n`;
  return `export function write${type.name}(message: ${type.name}, writer: Writer): void {\n${lines.join('\n')}\n}\n`;
}

function readOne(field) {
  if (isMessage(field)) return `read${single(field)}(reader, reader.end())`;
  return isEnum(field) ? `reader.uint32() as ${single(field)}` : `reader.${field.type}()`;
}

function readCase(field) {
  const target = `message.${camel((field.partOf ?? field).name)}`;
  const one = (statement, wire) => `      case ${tag(field, wire)}:\n        ${statement};\n        break;`;
  if (field.partOf) return one(`${target} = { case: '${camel(field.name)}', value: ${readOne(field)} }`);
  if (!field.repeated) return one(`${target} = ${readOne(field)}`);
  const item = one(`${target}.push(${readOne(field)})`);
  return wireOf(field) === 2 ? item : `${item}\n${one(`reader.packed(${target}, () => ${readOne(field)})`, 2)}`;
}

function readCode(type) {
  const names = [
    ...plainFields(type).map((field) => `    ${camel(field.name)}: ${zero(field)},`),
    ...type.oneofsArray.map((oneof) => `    ${camel(oneof.name)}: undefined,`),
  ];
  const cases = [...type.fieldsArray.map(readCase), '      default:\n        reader.skip(tag);'];
  return `export function read${type.name}(reader: Reader, end: number): ${type.name} {
  const message: ${type.name} = {
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
import { NO_BYTES, type Reader } from '../reader.ts';
import type { Writer } from '../writer.ts';
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
