import type { FindQuery, SearchRange } from '@hongyan/core/ports';
import { EntryKind } from '@hongyan/protocol';
import type { Database } from 'better-sqlite3';
import { type AnyOf, createMatcher, type Matcher } from '../../search/filter.ts';
import { blockOf, firstSeqOf, prefixOf } from '../../search/terms.ts';
import type { Handlers, ReadCalls } from '../calls.ts';
import { ENTRY_COLUMNS, type EntryRow, packEntries } from '../entry-rows.ts';
import { ROW_ID } from './index-rows.ts';
import { IS_MESSAGE, STANDING_EDIT } from './messages.ts';
import { createFindProgress } from './progress.ts';

/** What one call may look at, so that it does not hold up others that read. */
const CANDIDATES_MAX = 512;
const BLOCKS_MAX = 128;
/** Of what candidates say: a long one may take some milliseconds to be compared. */
const CANDIDATE_BYTES_MAX = 128 * 1024;

/** Candidates that are read from the index together, as most of them are hits. */
const pageOf = (hitsMax: number): number => Math.min(Math.max(hitsMax, 2), 32);

interface Window {
  firstSeq: number;
  lastSeq: number;
}
type CandidateRow = [...EntryRow, editSeq: number | null, editBody: Uint8Array | null];

/** Finds messages in one snapshot with the memberships that cover them. */
export function createFinding(database: Database): Handlers<Pick<ReadCalls, 'find' | 'scopes'>> {
  const findWindow = database.prepare<[string, string], Window>(
    `SELECT m.from_seq AS firstSeq, CASE m.until_seq WHEN 0 THEN c.last_seq ELSE m.until_seq END AS lastSeq
     FROM members m JOIN conversations c ON c.conversation_id = m.conversation_id
     WHERE m.conversation_id = ? AND m.user_id = ?`,
  );
  const findProgress = createFindProgress(database);
  const findSeqs = database
    .prepare<[string, number, number, number, number, number], number>(
      `SELECT rowid & 4294967295 FROM search_index
       WHERE search_index MATCH ? AND rowid BETWEEN ${ROW_ID} AND ${ROW_ID} ORDER BY rowid DESC LIMIT ?`,
    )
    .pluck();
  const findCandidate = database
    .prepare<[string, number], CandidateRow>(
      `SELECT ${ENTRY_COLUMNS}, t.seq, t.body FROM entries e ${STANDING_EDIT}
       WHERE e.conversation_id = ? AND e.seq = ? AND ${IS_MESSAGE}`,
    )
    .raw();
  const findEarlierEdit = database
    .prepare<[string, number, number], Uint8Array>(
      `SELECT t.body FROM message_changes c
       CROSS JOIN entries t ON t.conversation_id = c.conversation_id AND t.seq = c.seq
       WHERE c.conversation_id = ? AND c.target_seq = ? AND c.seq <= ? AND c.kind = ${EntryKind.EDIT}
       ORDER BY c.seq DESC LIMIT 1`,
    )
    .pluck();

  /** The entry, if it fits as somebody sees it who may read up to `lastSeq`. */
  function hitAt(
    conversationId: string,
    seq: number,
    lastSeq: number,
    matcher: Matcher,
    budget: Budget,
  ): EntryRow | undefined {
    const candidate = findCandidate.get(conversationId, seq);
    if (candidate === undefined) return undefined;
    const [_seq, _kind, senderId, _id, _clientTimeMs, serverTimeMs, original, _header, editSeq, editBody] = candidate;
    const isSeen = editSeq === null || editSeq <= lastSeq;
    const edit = isSeen ? editBody : findEarlierEdit.get(conversationId, seq, lastSeq);
    const body = edit ?? original;
    budget.candidate(body.length);
    return matcher.fits({ seq, senderId, serverTimeMs, body }) ? (candidate.slice(0, 8) as EntryRow) : undefined;
  }

  function run(query: FindQuery, range: SearchRange, wanted: readonly AnyOf[], matcher: Matcher, budget: Budget) {
    const { conversationId } = range;
    const window = findWindow.get(conversationId, query.viewerId);
    const progress = findProgress(conversationId);
    const hits: EntryRow[] = [];
    const run = (beforeSeq: number) => ({ conversationId, hits: packEntries(hits), beforeSeq });
    if (window === undefined || progress === undefined) return run(0);
    const firstSeq = Math.max(window.firstSeq, progress.afterSeq + 1);
    const page = pageOf(query.hitsMax);
    let lastSeq = Math.min(window.lastSeq, range.beforeSeq - 1);
    while (lastSeq >= firstSeq) {
      if (budget.isSpent) return run(lastSeq + 1);
      const block = blockOf(lastSeq);
      const fromSeq = Math.max(firstSeq, firstSeqOf(block));
      const expression = expressionOf(wanted, prefixOf(conversationId, block));
      const bounds = [progress.number, fromSeq, progress.number, lastSeq] as const;
      const seqs = findSeqs.all(expression, ...bounds, page);
      budget.block();
      for (const seq of seqs) {
        const hit = hitAt(conversationId, seq, window.lastSeq, matcher, budget);
        if (hit !== undefined) hits.push(hit);
        if (hits.length >= query.hitsMax || budget.isSpent) return run(seq > firstSeq ? seq : 0);
      }
      lastSeq = (seqs.length < page ? fromSeq : (seqs.at(-1) ?? fromSeq)) - 1;
    }
    return run(0);
  }

  const scopes = database.prepare<[string, number], { conversationId: string; lastSeq: number; lastTimeMs: number }>(
    `SELECT s.conversation_id AS conversationId, c.last_time_ms AS lastTimeMs,
       CASE m.until_seq WHEN 0 THEN c.last_seq ELSE m.until_seq END AS lastSeq
     FROM memberships s JOIN conversations c ON c.conversation_id = s.conversation_id
     JOIN members m ON m.conversation_id = s.conversation_id AND m.user_id = s.user_id
     WHERE s.user_id = ? ORDER BY c.last_time_ms DESC, c.conversation_id LIMIT ?`,
  );

  return {
    find: database.transaction((query: FindQuery) => {
      const matcher = createMatcher(query.filter);
      const { wanted } = matcher;
      const budget = new Budget();
      return query.ranges.map((range) =>
        wanted === undefined
          ? { conversationId: range.conversationId, hits: packEntries([]), beforeSeq: 0 }
          : run(query, range, wanted, matcher, budget),
      );
    }),
    scopes: ({ userId, limit }) => scopes.all(userId, Math.max(limit, 0)),
  };
}

class Budget {
  #blocks = BLOCKS_MAX;
  #candidates = CANDIDATES_MAX;
  #bytes = CANDIDATE_BYTES_MAX;

  get isSpent(): boolean {
    return this.#blocks <= 0 || this.#candidates <= 0 || this.#bytes <= 0;
  }

  block(): void {
    this.#blocks -= 1;
  }

  candidate(bytes: number): void {
    this.#candidates -= 1;
    this.#bytes -= bytes;
  }
}

/** FTS5's query for messages that have one of each. */
const expressionOf = (wanted: readonly AnyOf[], prefix: string): string =>
  wanted
    .map((anyOf) => anyOf.map(({ term, isPrefix }) => `"${prefix}${term}"${isPrefix ? '*' : ''}`))
    .map((terms) => (terms.length === 1 ? terms[0] : `(${terms.join(' OR ')})`))
    .join(' AND ');
