// What a message looks like in TypeScript: plain objects, tagged unions for oneofs, const objects for enums.
import { camel, enumsOf, foreignTypes, isEnum, isMessage, messagesOf, plainFields, scalars } from './schema.mjs';

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

const single = (field) => (isMessage(field) || isEnum(field) ? field.resolvedType.name : scalars[field.type].type);

function fieldType(field) {
  if (field.repeated) return `${single(field)}[]`;
  return isMessage(field) ? `${single(field)} | undefined` : single(field);
}

const isOptional = (field) => isMessage(field) && !field.repeated;

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

export function typesCode({ namespace, hash, imports }) {
  const used = foreignTypes(namespace).map(({ name }) => name);
  const header = used.length > 0 ? `import type { ${used.join(', ')} } from './${imports}.ts';\n\n` : '';
  return `${header}/** Of the schema's text: a change of the schema changes it. */
export const SCHEMA_HASH = '${hash}';

${[...enumsOf(namespace).map(enumCode), ...messagesOf(namespace).map(interfaceCode)].join('\n')}`;
}
