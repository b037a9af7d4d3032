import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { describe, expect, test } from 'vitest';
import * as cluster from './gen/cluster.ts';
import * as schema from './gen/hongyan.ts';
import type { Reader } from './reader.ts';
import { OracleReader } from './testing/protobufjs.ts';
import { messages } from './testing/schema-arbitraries.ts';
import { hostileBytes } from './testing/wire-arbitraries.ts';
import { decode, encode } from './wire.ts';
import type { Write } from './writer.ts';

interface Codec {
  type: protobuf.Type;
  /** What our codec makes of bytes. */
  decoded: (bytes: Uint8Array) => unknown;
  /** The generated code on protobufjs. */
  oracleDecoded: (bytes: Uint8Array) => unknown;
  encodedAgain: (bytes: Uint8Array) => Uint8Array;
}

/** The schema as protobufjs reads it, with nothing of ours in between. */
const root = new protobuf.Root();
for (const folder of ['hongyan/v1', 'hongyan/cluster/v1']) {
  const url = new URL(`../../spec/${folder}/`, import.meta.url);
  for (const file of readdirSync(url).filter((name) => name.endsWith('.proto'))) {
    protobuf.parse(readFileSync(new URL(file, url), 'utf8'), root);
  }
}
root.resolveAll();

const codec = <T>(name: string, read: (reader: Reader, end: number) => T, write: Write<T>): [string, Codec] => [
  name,
  {
    type: root.lookupType(name),
    decoded: (bytes) => decode(read, bytes),
    oracleDecoded: (bytes) => read(new OracleReader(bytes), bytes.length),
    encodedAgain: (bytes) => encode(write, decode(read, bytes)),
  },
];

/** What stands alone on the wire or in a store; everything else of the schema is in one of them. */
const codecs = [
  codec('hongyan.v1.Command', schema.readCommand, schema.writeCommand),
  codec('hongyan.v1.ServerFrame', schema.readServerFrame, schema.writeServerFrame),
  codec('hongyan.v1.Content', schema.readContent, schema.writeContent),
  codec('hongyan.v1.Cleared', schema.readCleared, schema.writeCleared),
  codec('hongyan.cluster.v1.Announcement', cluster.readAnnouncement, cluster.writeAnnouncement),
  codec('hongyan.cluster.v1.RequestBatch', cluster.readRequestBatch, cluster.writeRequestBatch),
  codec('hongyan.cluster.v1.Request', cluster.readRequest, cluster.writeRequest),
  codec('hongyan.cluster.v1.AnswerBatch', cluster.readAnswerBatch, cluster.writeAnswerBatch),
  codec('hongyan.cluster.v1.SharedPushes', cluster.readSharedPushes, cluster.writeSharedPushes),
];

const asSeen = (type: protobuf.Type, bytes: Uint8Array): object =>
  type.toObject(type.decode(bytes), { defaults: true, arrays: true, longs: String, bytes: String });

/** Bytes of a message that were damaged here and there. */
const damaged = (type: protobuf.Type): fc.Arbitrary<Uint8Array> =>
  fc.tuple(messages(type), fc.nat(), fc.nat({ max: 3 }), hostileBytes).map(([message, seed, removed, inserted]) => {
    const bytes = type.encode(message).finish();
    const at = seed % (bytes.length + 1);
    return Uint8Array.from([...bytes.subarray(0, at), ...inserted, ...bytes.subarray(at + removed)]);
  });

function outcome(decoded: (bytes: Uint8Array) => unknown, bytes: Uint8Array): unknown {
  try {
    return decoded(bytes);
  } catch {
    return 'refused';
  }
}

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
