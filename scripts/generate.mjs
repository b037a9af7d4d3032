// Generates packages/protocol/gen/*.ts from spec/: for each package its types, and its codec as functions; of what clients say, also
// as tables (ADR 20). `--check` fails when a committed file is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import { functionsCode } from './codegen/functions.mjs';
import { load } from './codegen/schema.mjs';
import { tablesCode } from './codegen/tables.mjs';
import { typesCode } from './codegen/types.mjs';

const root = new URL('..', import.meta.url).pathname;

/** What a package is called, where its files are, how its code is called, and which earlier one it may use. */
const packages = [
  { name: 'hongyan.v1', folder: 'spec/hongyan/v1', file: 'hongyan', hasTables: true },
  { name: 'hongyan.cluster.v1', folder: 'spec/hongyan/cluster/v1', file: 'cluster', imports: 'hongyan' },
];

function emit(name, folder, code) {
  const path = `packages/protocol/gen/${name}.ts`;
  const text = `// Generated from ${folder} by \`npm run generate\`. Do not edit.\n${code}`;
  if (!process.argv.includes('--check')) writeFileSync(join(root, path), text);
  else if (readFileSync(join(root, path), 'utf8') !== text) {
    console.error(`${path} is stale: run \`npm run generate\`.`);
    process.exitCode = 1;
  }
}

const schema = new protobuf.Root();
for (const one of packages) {
  const { file, folder, hasTables } = one;
  const source = { ...one, ...load(schema, root, one) };
  emit(file, folder, typesCode(source));
  emit(`${file}-functions`, folder, functionsCode(source));
  if (hasTables) emit(`${file}-tables`, folder, tablesCode(source));
}
