import {
  bucketDigests,
  bucketOf,
  type ConversationId,
  conversationHash,
  decodeDigests,
  encodeCommand,
  type Holdings,
  type Position,
  totalDigest,
} from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConversationLog } from './conversation-log.ts';
import { HoldingsStatements } from './holdings.ts';
import { anna } from './testing/model-server.ts';

const idOf = (n: number): ConversationId => `direct.${anna}.u${String(n + 1).padStart(16, '0')}`;

/** A conversation that was last active at `n` and of which the server knows all that this device knows. */
function logOf(n: number, toSeq = 1_000 + n, deliveredSeq = toSeq): ConversationLog {
  const conversationId = idOf(n);
  const entry = { conversationId, seq: toSeq, kind: 1, senderId: anna, clientMessageId: `m${n}` } as const;
  return new ConversationLog(conversationId, anna, {
    conversationId,
    kind: 1,
    generation: 0,
    fromSeq: 1,
    toSeq,
    cursors: [{ userId: anna, deliveredSeq, readSeq: Math.min(deliveredSeq, 900) }],
    lastEntry: { ...entry, clientTimeMs: n, serverTimeMs: 1_700_000_000_000 + n, body: new Uint8Array(0) },
    unread: { seqs: [], fromSeq: 1, before: 0 },
  });
}

function device(count: number) {
  const logs = Array.from({ length: count }, (_, n) => logOf(n));
  return { logs, statements: new HoldingsStatements(() => logs) };
}

const hashes = (positions: readonly Position[]) => positions.map((position) => position.conversationHash);
const hashesOf = (...numbers: number[]) => numbers.map((n) => conversationHash(idOf(n)));

test('[SYN-20] the sixteen most recently active conversations are stated one by one, the others by digests', () => {
  const { logs, statements } = device(200);
  const { userSeq, positions, digestBits, digests } = statements.state(7, 10_000);
  expect(userSeq).toBe(7);
  expect(hashes(positions)).toEqual(hashesOf(...Array.from({ length: 16 }, (_, n) => 199 - n)));
  expect(digestBits).toBe(5);
  const others = logs.slice(0, 184).map((log) => log.position);
  expect(decodeDigests(digests, digestBits)).toEqual(bucketDigests(others, digestBits));
  expect(statements.digest()).toBe(totalDigest(logs.map((log) => log.position)));
});

test('[SYN-20] without others there are no digests', () => {
  expect(device(16).statements.state(0, 10_000)).toMatchObject({ digestBits: 0, digests: new Uint8Array(0) });
  expect(device(17).statements.state(0, 10_000)).toMatchObject({ digestBits: 0, digests: { length: 4 } });
});

test('[SYN-20, RCP-1] neither positions nor digests claim what the store does not have', () => {
  const { logs, statements } = device(20);
  const [oldest, newest] = [logs[0], logs[19]];
  for (const log of [oldest, newest]) if (log) log.durableToSeq = 3;
  const { positions, digests } = statements.state(0, 10_000);
  expect(positions[0]).toMatchObject({ conversationHash: hashesOf(19)[0], seq: 3 });
  expect(oldest?.position.seq).toBe(3);
  expect(decodeDigests(digests, 0)).toEqual(
    bucketDigests(
      logs.slice(0, 4).map((log) => log.position),
      0,
    ),
  );
  if (oldest) oldest.durableToSeq = 0;
  const others = logs.slice(1, 4).map((log) => log.position);
  expect(decodeDigests(statements.state(0, 10_000).digests, 0)).toEqual(bucketDigests(others, 0));
});

test('[SYN-20] what was told and may not have been heard is stated until a comparison says that it was', () => {
  const { statements } = device(100);
  const stated = () => hashes(statements.state(0, 10_000).positions).slice(16);
  statements.told(idOf(3));
  expect(stated()).toEqual(hashesOf(3));
  statements.connectionLost();
  expect(stated()).toEqual(hashesOf(3));
  statements.told(idOf(5));
  statements.confirmed();
  expect(stated()).toEqual(hashesOf(5));
  statements.confirmed();
  expect(stated()).toEqual([]);
});

test('[SYN-20, RCP-1] entries that were kept and not told of are, also after a restart', () => {
  const logs = Array.from({ length: 50 }, (_, n) => (n === 4 ? logOf(n, 9, 7) : logOf(n)));
  const statements = new HoldingsStatements(() => logs);
  expect(statements.state(0, 10_000).positions.at(-1)).toMatchObject({ conversationHash: hashesOf(4)[0], seq: 9 });
  expect(logs[4]?.own.deliveredSeq).toBe(9);
});

test('[SYN-20] read here and not told is stated; what was read before a restart shows in the digest', () => {
  const { logs, statements } = device(50);
  logs[2]?.moveCursor({ userId: anna, deliveredSeq: 0, readSeq: 950 });
  const { positions } = statements.state(0, 10_000);
  expect(positions.at(-1)).toMatchObject({ conversationHash: hashesOf(2)[0], readSeq: 950 });
  const before = logOf(1).position;
  logs[1]?.moveCursor({ userId: anna, deliveredSeq: 0, readSeq: 950 });
  expect(logs[1]?.position.cursorSum).not.toBe(before.cursorSum);
});

test('[SYN-9] wanted buckets are answered with all in them that was not stated before', () => {
  const { logs, statements } = device(300);
  const { positions, digestBits } = statements.state(0, 10_000);
  const answer = hashes(statements.positionsIn([0, 3]));
  const expected = logs
    .map(({ hash }) => hash)
    .filter((hash) => [0, 3].includes(bucketOf(hash, digestBits)) && !hashes(positions).includes(hash));
  expect(answer.toSorted()).toEqual(expected.toSorted());
  expect(statements.positionsIn([0])).toEqual([]);
});

test('[SYN-20] whatever changed is found: it is stated, or its bucket differs', () => {
  const change = fc.record({
    n: fc.nat(299),
    field: fc.constantFrom('seq', 'cursor'),
    by: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 300 }), fc.array(change, { maxLength: 12 }), (count, changes) => {
      const { logs, statements } = device(count);
      const { positions, digestBits, digests } = statements.state(0, 10_000);
      const known = logs.map((log) => ({ ...log.position }));
      for (const { n, field, by } of changes) {
        const position = known[n];
        if (position && field === 'seq') position.seq += by;
        if (position && field === 'cursor') position.cursorSum += by;
      }
      const stated = new Set(hashes(positions));
      const others = known.filter(({ conversationHash: hash }) => !stated.has(hash));
      const sums = decodeDigests(digests, digestBits);
      const expected = bucketDigests(others, digestBits);
      for (const [n, position] of known.entries()) {
        const { seq, cursorSum } = logs[n]?.position ?? position;
        if (stated.has(position.conversationHash) || (position.seq === seq && position.cursorSum === cursorSum))
          continue;
        const bucket = bucketOf(position.conversationHash, digestBits);
        expect(sums?.[bucket]).not.toBe(expected[bucket]);
      }
    }),
    { numRuns: 50 },
  );
});

const bytesOf = (holdings: Holdings | undefined) => {
  const said = { protocolVersion: 1, features: [], accessToken: '', client: '', resume: undefined, holdings };
  return encodeCommand({ id: 1, body: { case: 'hello', value: said } }).length;
};

test.each([
  [10, 200],
  [100, 400],
  [1_000, 850],
])('[SYN-20] the holdings of %i conversations take at most %i bytes of Hello', (count, bytesMax) => {
  const bytes = bytesOf(device(count).statements.state(500, 10_000)) - bytesOf(undefined);
  expect(bytes).toBeLessThanOrEqual(bytesMax);
});
