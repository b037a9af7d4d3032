import { type Entry, EntryKind, type UserId } from '@hongyan/protocol';
import { matches, parseQuery, searchableOf } from '@hongyan/protocol/search';
import { targetOf } from '../engine/entries.ts';
import type { EngineQueries } from '../engine/types.ts';
import { asSdkError } from '../shell/errors.ts';
import type { CheckedQuery } from './checked-query.ts';
import { bodyOf, changeOf, clearedSeqOf, hitOf } from './hits.ts';
import type { SearchHit, SearchPage, SearchParts, SearchWalk } from './types.ts';

/** Read at once from the store, of one conversation. */
const STEP_ENTRIES = 256;
/** Read for one page; what is left comes with the next one. */
const PAGE_ENTRIES_MAX = 20_000;

interface Found {
  hit: SearchHit;
  seq: number;
  /** `serverTimeMs`, but never above that of what is behind it in the conversation. */
  timeMs: number;
  walk: SearchWalk;
}

/** One page of what the device holds: conversations are gone on with where something newer may still be. */
export async function searchDevice(parts: SearchParts, me: UserId, query: CheckedQuery): Promise<SearchPage> {
  const walks =
    query.after?.from === 'device' ? query.after.walks.map((walk) => ({ ...walk })) : begun(parts.engine, query);
  const isFitting = fitting(query);
  const found: Found[] = [];
  for (let left = PAGE_ENTRIES_MAX; left > 0; ) {
    const walk = newest(walks);
    const enoughMs = found[query.limit - 1]?.timeMs ?? Number.NEGATIVE_INFINITY;
    if (walk === undefined || walk.timeMs <= enoughMs) break;
    const { entries, changes } = await read(parts, walk);
    left -= Math.max(1, entries.length);
    const first = firstSeq(parts.engine, walk);
    for (const entry of entries.toReversed()) {
      walk.timeMs = Math.min(walk.timeMs, entry.serverTimeMs);
      const own = changes.get(entry.seq) ?? [];
      if (entry.seq < first || !isFitting(entry, bodyOf(entry, changeOf(own)))) continue;
      const hit = hitOf(parts.engine, me, entry, own, query.text);
      if (hit) found.push({ hit, seq: entry.seq, timeMs: walk.timeMs, walk });
    }
    const reached = entries[0]?.seq ?? 0;
    walk.beforeSeq = reached <= first || walk.timeMs < query.fromMs ? 0 : reached;
    found.sort((a, b) => b.timeMs - a.timeMs);
  }
  return pageOf(walks, found, query.limit);
}

function begun(engine: EngineQueries, { conversationIds }: CheckedQuery): SearchWalk[] {
  const [only] = conversationIds;
  return engine.conversations().flatMap(({ id: conversationId, activeAtMs }) => {
    const toSeq = only === undefined || only === conversationId ? (engine.position(conversationId)?.toSeq ?? 0) : 0;
    return toSeq === 0 ? [] : [{ conversationId, beforeSeq: toSeq + 1, timeMs: Math.max(activeAtMs, 1) }];
  });
}

const newest = (walks: readonly SearchWalk[]): SearchWalk | undefined =>
  walks.filter(({ beforeSeq }) => beforeSeq > 0).sort((a, b) => b.timeMs - a.timeMs)[0];

function firstSeq(engine: EngineQueries, { conversationId }: SearchWalk): number {
  const { fromSeq = 1, firstSeq = 1 } = engine.position(conversationId) ?? {};
  return Math.max(fromSeq, firstSeq, clearedSeqOf(engine, conversationId) + 1);
}

async function read({ store }: SearchParts, { conversationId, beforeSeq }: SearchWalk) {
  try {
    const entries = await store.entries({ conversationId, beforeSeq, limit: STEP_ENTRIES });
    const changes = Map.groupBy(await store.changes({ conversationId }, entries), targetOf);
    return { entries, changes };
  } catch (error) {
    throw asSdkError(error);
  }
}

function fitting({ text, senderIds, kinds, fromMs, toMs }: CheckedQuery) {
  const query = text.trim() === '' ? undefined : parseQuery(text);
  return ({ kind, senderId, serverTimeMs }: Entry, body: Uint8Array): boolean => {
    if (kind !== EntryKind.MESSAGE || body.length === 0) return false;
    if (serverTimeMs < fromMs || (toMs > 0 && serverTimeMs >= toMs)) return false;
    if (senderIds.length > 0 && !senderIds.includes(senderId)) return false;
    const searchable = searchableOf(body);
    if (kinds.length > 0 && !kinds.some((one) => searchable.kinds.includes(one))) return false;
    return query === undefined || matches(searchable.text, query);
  };
}

/** What is found so far, as far as nothing newer can be left. */
function pageOf(walks: readonly SearchWalk[], found: readonly Found[], limit: number): SearchPage {
  const leftMs = newest(walks)?.timeMs ?? Number.NEGATIVE_INFINITY;
  const shown = found.filter(({ timeMs }) => timeMs >= leftMs).slice(0, limit);
  const rest = found.slice(shown.length);
  const left = walks
    .map((walk) => {
      const first = rest.find((one) => one.walk === walk);
      return first ? { ...walk, beforeSeq: first.seq + 1, timeMs: first.timeMs } : { ...walk };
    })
    .filter(({ beforeSeq }) => beforeSeq > 0);
  const next = left.length > 0 ? ({ from: 'device', walks: left } as const) : undefined;
  return { hits: shown.map(({ hit }) => hit), next, complete: false };
}
