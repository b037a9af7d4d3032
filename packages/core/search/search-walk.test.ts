import { conversationHash, type Entry, EntryKind, type SearchCursor } from '@hongyan/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FoundRun, SearchRange, SearchScope } from '../ports/search.ts';
import { SearchWalk } from './search-walk.ts';

/** Of each conversation when its entries were written, and whether they are looked for. */
type Log = readonly { timeMs: number; isWanted: boolean }[];
type World = ReadonlyMap<string, Log>;

const scopesOf = (world: World): SearchScope[] =>
  [...world].map(([conversationId, log]) => ({
    conversationId,
    lastSeq: log.length,
    lastTimeMs: Math.max(0, ...log.map(({ timeMs }) => timeMs)),
  }));

const entryOf = (conversationId: string, seq: number, serverTimeMs: number): Entry => ({
  ...{ conversationId, seq, kind: EntryKind.MESSAGE, senderId: 'u', clientMessageId: '', clientTimeMs: 0 },
  ...{ serverTimeMs, body: new Uint8Array(0) },
});

/** A store that looks at no more than `lookMax` entries at a time. */
function find(world: World, ranges: readonly SearchRange[], hitsMax: number, lookMax: number): FoundRun[] {
  let left = lookMax;
  return ranges.map(({ conversationId, beforeSeq }) => {
    const log = world.get(conversationId) ?? [];
    const hits: Entry[] = [];
    let seq = Math.min(beforeSeq - 1, log.length);
    for (; seq >= 1 && left > 0 && hits.length < hitsMax; seq--, left--) {
      const entry = log[seq - 1];
      if (entry?.isWanted) hits.push(entryOf(conversationId, seq, entry.timeMs));
    }
    return { hits, beforeSeq: seq < 1 ? 0 : seq + 1 };
  });
}

interface Effort {
  limit: number;
  ranges: number;
  hits: number;
  look: number;
  /** Calls of `find` for one page. */
  finds: number;
}

/** All pages of a search, one after the other. */
function pagesOf(world: World, { limit, ranges: rangesMax, hits: hitsMax, look, finds }: Effort): Entry[][] {
  const pages: Entry[][] = [];
  let before: SearchCursor | undefined;
  do {
    const walk = new SearchWalk(scopesOf(world), before, limit);
    for (let count = 0; count < finds; count++) {
      const ranges = walk.next(rangesMax);
      if (ranges.length === 0) break;
      walk.take(ranges, find(world, ranges, hitsMax, look));
    }
    pages.push(walk.hits);
    before = walk.cursorBehind(walk.hits.length);
    expect(pages.length).toBeLessThan(5_000);
  } while (before !== undefined);
  return pages;
}

const effort = fc.record({
  limit: fc.integer({ min: 1, max: 6 }),
  ranges: fc.integer({ min: 1, max: 4 }),
  hits: fc.integer({ min: 1, max: 4 }),
  look: fc.integer({ min: 1, max: 9 }),
  finds: fc.integer({ min: 1, max: 6 }),
});
const line = fc.record({ stepMs: fc.nat(9), isWanted: fc.boolean() });
const worldOf = (logs: readonly Log[]): World => new Map(logs.map((log, at) => [`self.u${at}`, log]));
const inOrder = fc.array(fc.array(line, { maxLength: 20 }), { maxLength: 8 }).map((logs) =>
  worldOf(
    logs.map((lines) => {
      let timeMs = 0;
      return lines.map(({ stepMs, isWanted }) => {
        timeMs += stepMs;
        return { timeMs, isWanted };
      });
    }),
  ),
);
const anyTimes = fc
  .array(fc.array(fc.record({ timeMs: fc.nat(50), isWanted: fc.boolean() }), { maxLength: 20 }), { maxLength: 8 })
  .map(worldOf);

const placesOf = (entries: readonly Entry[]) => entries.map(({ conversationId, seq }) => `${conversationId} ${seq}`);
const wantedOf = (world: World) =>
  [...world].flatMap(([id, log]) => log.flatMap(({ isWanted }, at) => (isWanted ? [`${id} ${at + 1}`] : [])));

test('[SRC-5] the pages of a search have everything, each once and newest first, however little is looked at for one', () => {
  fc.assert(
    fc.property(inOrder, effort, (world, efforts) => {
      const pages = pagesOf(world, efforts);
      const all = pages.flat();
      expect(placesOf(all).toSorted()).toEqual(wantedOf(world).toSorted());
      expect(all).toEqual(all.toSorted((a, b) => b.serverTimeMs - a.serverTimeMs));
      expect(Math.max(...pages.map((page) => page.length))).toBeLessThanOrEqual(efforts.limit);
    }),
    { numRuns: 1_000 },
  );
});

test('[SRC-5] where clocks were set back, everything still comes once, and each conversation in its order', () => {
  fc.assert(
    fc.property(anyTimes, effort, (world, efforts) => {
      const all = pagesOf(world, efforts).flat();
      expect(placesOf(all).toSorted()).toEqual(wantedOf(world).toSorted());
      for (const id of world.keys()) {
        const seqs = all.filter(({ conversationId }) => conversationId === id).map(({ seq }) => seq);
        expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
      }
    }),
    { numRuns: 1_000 },
  );
});

test('[SRC-5] a page that was looked through whole is full, and older conversations were left alone', () => {
  const world = worldOf([
    Array.from({ length: 9 }, (_, at) => ({ timeMs: 100 + at, isWanted: true })),
    Array.from({ length: 9 }, (_, at) => ({ timeMs: 10 + at, isWanted: true })),
  ]);
  const walk = new SearchWalk(scopesOf(world), undefined, 3);
  const first = walk.next(1);
  expect(first).toEqual([{ conversationId: 'self.u0', beforeSeq: 10 }]);
  walk.take(first, find(world, first, 4, 99));
  expect(walk.next(9)).toEqual([]);
  expect(placesOf(walk.hits)).toEqual(['self.u0 9', 'self.u0 8', 'self.u0 7']);
  const cursor = walk.cursorBehind(3);
  const position = { conversationHash: conversationHash('self.u0'), beforeSeq: 7, timeMs: 105 };
  expect(cursor).toEqual({ timeMs: 105, positions: [position] });
});

test('[SRC-6, P9] a cursor that no page ended with does no harm', () => {
  const world = worldOf([[{ timeMs: 5, isWanted: true }], [{ timeMs: 6, isWanted: true }]]);
  const positions = [
    { conversationHash: 7, beforeSeq: 3, timeMs: 3 },
    { conversationHash: conversationHash('self.u0'), beforeSeq: 2 ** 40, timeMs: 2 ** 50 },
    { conversationHash: conversationHash('self.u1'), beforeSeq: 0, timeMs: 0 },
  ];
  const walk = new SearchWalk(scopesOf(world), { timeMs: 2 ** 52, positions }, 9);
  const ranges = walk.next(9);
  expect(ranges).toEqual([{ conversationId: 'self.u0', beforeSeq: 2 }]);
  walk.take(ranges, find(world, ranges, 9, 9));
  expect(placesOf(walk.hits)).toEqual(['self.u0 1']);
  expect(walk.cursorBehind(1)).toBeUndefined();
});
