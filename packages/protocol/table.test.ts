import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as functions from './gen/hongyan-functions.ts';
import * as tables from './gen/hongyan-tables.ts';
import { outcome } from './testing/outcome.ts';
import { damaged, messages, schemaFrom } from './testing/schema-arbitraries.ts';
import { decode, encode, type WireType } from './wire.ts';

// Servers have the codec as functions, browsers as tables (ADR 20). Nobody may see which.

const folder = new URL('../../spec/hongyan/v1/', import.meta.url);
const root = schemaFrom(
  readdirSync(folder)
    .filter((name) => name.endsWith('.proto'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8')),
);

const isWireType = (value: unknown): value is WireType<unknown> => typeof value === 'object';
const wireTypes = (module: object) => new Map(Object.entries(module).filter(([, value]) => isWireType(value)));
const [byFunctions, byTables] = [wireTypes(functions), wireTypes(tables)];
const pairs = [...byFunctions].map(([name, asFunctions]): [string, WireType<unknown>, WireType<unknown>] => [
  name,
  asFunctions,
  byTables.get(name),
]);

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const RUNS = { numRuns: 40 };

test('[FRM-4] tables have the same messages as functions', () => {
  expect([...byTables.keys()].sort()).toEqual([...byFunctions.keys()].sort());
});

describe.each(pairs)('%s', (name, asFunctions, asTables) => {
  const type = root.lookupType(`hongyan.v1.${name}`);

  test('[FRM-4] is read alike, and written in the same bytes', () => {
    fc.assert(
      fc.property(messages(type), (message) => {
        const bytes = type.encode(message).finish();
        const read = decode(asTables, bytes);
        expect(read).toStrictEqual(decode(asFunctions, bytes));
        expect(hex(encode(asTables, read))).toBe(hex(encode(asFunctions, read)));
      }),
      RUNS,
    );
  });

  test('[FRM-4, FRM-5] is refused alike when it was damaged', () => {
    fc.assert(
      fc.property(damaged(type), (bytes) => {
        const read = outcome((given) => decode(asTables, given), bytes);
        expect(read).toStrictEqual(outcome((given) => decode(asFunctions, given), bytes));
      }),
      RUNS,
    );
  });
});

interface Vector {
  name: string;
  hex: string;
}
const vectors = (file: string): Vector[] =>
  JSON.parse(readFileSync(new URL(`../../spec/vectors/${file}.json`, import.meta.url), 'utf8'));
const withoutHeader = ({ hex }: Vector) => Buffer.from(hex.slice(8), 'hex');

describe('golden vectors', () => {
  test.each(vectors('commands'))('[FRM-4] command $name', (vector) => {
    const bytes = withoutHeader(vector);
    expect(hex(encode(tables.Command, decode(tables.Command, bytes)))).toBe(hex(bytes));
  });

  test.each(vectors('server-frames'))('[FRM-4] server frame $name', (vector) => {
    const bytes = withoutHeader(vector);
    expect(hex(encode(tables.ServerFrame, decode(tables.ServerFrame, bytes)))).toBe(hex(bytes));
  });
});
