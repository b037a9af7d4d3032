// The codec as tables, which packages/protocol/table.ts carries out: small, and what browsers use.
import { camel, casesOf, isEnum, isMessage, isOneof, membersOf, messagesOf } from './schema.mjs';

const typeOf = (field) =>
  isMessage(field) ? field.resolvedType.name : isEnum(field) ? 'UINT32' : field.type.toUpperCase();

/** One field; `numbers` knows the number before, and a field that does not follow it says its own. */
function fieldCode(field, numbers) {
  const type = field.repeated ? `[${typeOf(field)}]` : typeOf(field);
  const follows = field.id === numbers.last + 1;
  numbers.last = field.id;
  return `${camel(field.name)}: ${follows ? type : `[${field.id}, ${type}]`}`;
}

function tableCode(type) {
  const numbers = { last: 0 };
  const lines = membersOf(type).map((member) => {
    if (!isOneof(member)) return `  ${fieldCode(member, numbers)},\n`;
    const cases = casesOf(member).map((field) => `    ${fieldCode(field, numbers)},\n`);
    return `  ${camel(member.name)}: {\n${cases.join('')}  },\n`;
  });
  return `export const ${type.name} = /* @__PURE__ */ new Table<schema.${type.name}>({\n${lines.join('')}});\n`;
}

/** Messages behind those that they contain, since a table names other ones. */
function sorted(types) {
  const order = new Set();
  const visit = (type, path) => {
    if (path.includes(type)) throw new Error(`${type.name} contains itself, which tables cannot say`);
    for (const field of type.fieldsArray) if (isMessage(field)) visit(field.resolvedType, [...path, type]);
    order.add(type);
  };
  for (const type of types) visit(type, []);
  return [...order];
}

export function tablesCode({ namespace, file }) {
  const code = sorted(messagesOf(namespace)).map(tableCode);
  const used = ['BOOL', 'BYTES', 'STRING', 'UINT32', 'UINT64'].filter((name) =>
    code.some((text) => text.includes(name)),
  );
  return `import { Table } from '../table.ts';
import { ${used.join(', ')} } from '../table-fields.ts';
import type * as schema from './${file}.ts';

${code.join('\n')}`;
}
