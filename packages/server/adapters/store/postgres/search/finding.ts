import type { FindQuery, FoundRun } from '@hongyan/core/ports';
import { createMatcher, type Matcher } from '../../search/filter.ts';
import { blockOf, firstSeqOf } from '../../search/terms.ts';
import { transactOnce } from '../lanes/account-work.ts';
import type { Lanes } from '../lanes/index.ts';
import { entryOf } from '../log/entry-reads.ts';
import { integers, texts } from '../wire/arrays.ts';
import { bytes, integer } from '../wire/columns.ts';
import type { Connection } from '../wire/connection.ts';
import { call, type Row } from '../wire/statement.ts';
import { candidatesCall, findWindows, type Look } from './candidates.ts';

/** What one call may look at, so that others have their turn. */
const ROUNDS_MAX = 4;
/** Candidates of one look, as most of them are hits. */
const pageOf = (hitsMax: number): number => Math.min(Math.max(hitsMax, 2), 32);

/** One range, from its end downwards. */
interface Walk {
  conversationId: string;
  firstSeq: number;
  /** The next one to be looked at; below `firstSeq`: nothing is left. */
  nextSeq: number;
  hits: FoundRun['hits'];
  isFull: boolean;
}

/** Finds messages; what decides about a message is read in one snapshot with the membership that covers it. */
export function find(lanes: Lanes, query: FindQuery): Promise<FoundRun[]> {
  const matcher = createMatcher(query.filter);
  if (matcher.wanted === undefined) return Promise.resolve(query.ranges.map(() => ({ hits: [], beforeSeq: 0 })));
  return transactOnce(lanes.search, (connection) => findWith(connection, query, matcher));
}

async function findWith(connection: Connection, query: FindQuery, matcher: Matcher): Promise<FoundRun[]> {
  const walks = await begin(connection, query);
  const page = pageOf(query.hitsMax);
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const open = walks.filter((walk) => !walk.isFull && walk.nextSeq >= walk.firstSeq);
    if (open.length === 0) break;
    const looks = open.map(lookOf);
    const [rows = []] = await connection.run([candidatesCall(query.viewerId, looks, matcher.wanted ?? [], page)]);
    const found = Map.groupBy(rows, (row) => integer(row, 0));
    for (const [at, walk] of open.entries()) {
      const candidates = found.get(at + 1) ?? [];
      take(walk, candidates, query.hitsMax, matcher);
      if (candidates.length < page && !walk.isFull && !candidates.some(isCutOff)) {
        walk.nextSeq = (looks[at]?.fromSeq ?? walk.firstSeq) - 1;
      }
    }
  }
  return walks.map(({ hits, firstSeq, nextSeq }) => ({ hits, beforeSeq: nextSeq < firstSeq ? 0 : nextSeq + 1 }));
}

async function begin(connection: Connection, { viewerId, ranges }: FindQuery): Promise<Walk[]> {
  const conversationIds = texts(ranges.map(({ conversationId }) => conversationId));
  const befores = integers(ranges.map(({ beforeSeq }) => beforeSeq));
  const [rows = []] = await connection.run([call(findWindows, viewerId, conversationIds, befores)]);
  const windows = new Map(rows.map((row) => [integer(row, 0), [integer(row, 1), integer(row, 2)] as const]));
  return ranges.map(({ conversationId }, at) => {
    const [firstSeq, nextSeq] = windows.get(at + 1) ?? [1, 0];
    return { conversationId, firstSeq, nextSeq, hits: [], isFull: false };
  });
}

function lookOf({ conversationId, firstSeq, nextSeq }: Walk): Look {
  const block = blockOf(nextSeq);
  return { conversationId, block, fromSeq: Math.max(firstSeq, firstSeqOf(block)), throughSeq: nextSeq };
}

/** Whether a candidate came without its bodies, as the answer has had enough. */
const isCutOff = (row: Row): boolean => row[9] === null;

function take(walk: Walk, candidates: readonly Row[], hitsMax: number, matcher: Matcher): void {
  for (const row of candidates) {
    if (isCutOff(row)) return;
    const { viewed, entry } = candidateOf(walk.conversationId, row);
    walk.nextSeq = entry.seq - 1;
    if (!matcher.fits(viewed)) continue;
    walk.hits.push(entry);
    walk.isFull = walk.hits.length >= hitsMax;
    if (walk.isFull) return;
  }
}

/** The place of its look comes first, and the text as the viewer sees it last. */
function candidateOf(conversationId: string, [, ...row]: Row) {
  const entry = entryOf(conversationId, row);
  return { entry, viewed: { ...entry, body: bytes(row, 8) } };
}
