import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import * as cluster from './gen/cluster-functions.ts';
import * as functions from './gen/hongyan-functions.ts';
import { outcome } from './testing/outcome.ts';
import { OracleReader } from './testing/protobufjs.ts';
import { damaged, messages, schemaFrom } from './testing/schema-arbitraries.ts';
import { decode, encode, type WireType } from './wire.ts';

interface Codec {
  type: protobuf.Type;
  /** What our codec makes of bytes. */
  decoded: (bytes: Uint8Array) => unknown;
  /** The generated code on protobufjs. */
  oracleDecoded: (bytes: Uint8Array) => unknown;
  encodedAgain: (bytes: Uint8Array) => Uint8Array;
}

const textsIn = (folder: string): string[] => {
  const url = new URL(`../../spec/${folder}/`, import.meta.url);
  const names = readdirSync(url).filter((name) => name.endsWith('.proto'));
  return names.map((name) => readFileSync(new URL(name, url), 'utf8'));
};
const root = schemaFrom(['hongyan/v1', 'hongyan/cluster/v1'].flatMap(textsIn));

const codec = <T>(name: string, wireType: WireType<T>): [string, Codec] => [
  name,
  {
    type: root.lookupType(name),
    decoded: (bytes) => decode(wireType, bytes),
    oracleDecoded: (bytes) => wireType.read(new OracleReader(bytes), bytes.length),
    encodedAgain: (bytes) => encode(wireType, decode(wireType, bytes)),
  },
];

/** What stands alone on the wire or in a store; everything else of the schema is in one of them. */
const codecs = [
  codec('hongyan.v1.Command', functions.Command),
  codec('hongyan.v1.ServerFrame', functions.ServerFrame),
  codec('hongyan.v1.Content', functions.Content),
  codec('hongyan.v1.Cleared', functions.Cleared),
  codec('hongyan.cluster.v1.Announcement', cluster.Announcement),
  codec('hongyan.cluster.v1.RequestBatch', cluster.RequestBatch),
  codec('hongyan.cluster.v1.Request', cluster.Request),
  codec('hongyan.cluster.v1.AnswerBatch', cluster.AnswerBatch),
  codec('hongyan.cluster.v1.SharedPushes', cluster.SharedPushes),
];

const asSeen = (type: protobuf.Type, bytes: Uint8Array): object =>
  type.toObject(type.decode(bytes), { defaults: true, arrays: true, longs: String, bytes: String });

describe.each(codecs)('%s', (_, { type, decoded, oracleDecoded, encodedAgain }) => {
  test('[FRM-4] what protobufjs encodes from the schema is read, and written so that it reads the same', () => {
    fc.assert(
      fc.property(messages(type), (message) => {
        const bytes = type.encode(message).finish();
        expect(asSeen(type, encodedAgain(bytes))).toEqual(asSeen(type, bytes));
      }),
    );
  });

  test('[FRM-4, FRM-5] damaged bytes give what protobufjs gives, or RangeError or TypeError', () => {
    fc.assert(
      fc.property(damaged(type), (bytes) => {
        expect(outcome(decoded, bytes)).toEqual(outcome(oracleDecoded, bytes));
        try {
          decoded(bytes);
        } catch (error) {
          expect(error instanceof RangeError || error instanceof TypeError).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
