import { type Clock, FIND_RANGES_MAX, type SearchScope, SearchWalk, type Store } from '@hongyan/core';
import {
  ContentKind,
  type Entry,
  ErrorCode,
  type Limits,
  ProtocolError,
  parseConversationId,
  type Search,
  type SearchHit,
  type SearchPage,
  type UserId,
} from '@hongyan/protocol';
import { aboveCleared, clearedSeqs } from './cleared.ts';
import { PAGE_BYTES_MAX } from './page.ts';

/** What one search may name. */
const TEXT_CHARACTERS_MAX = 256;
const CONVERSATIONS_MAX = 200;
const SENDERS_MAX = 50;
const HITS_MAX = 50;
/** What comes of one conversation before others are looked at, where there are many of them. */
const RUN_HITS_MIN = 2;
/** Of one message; the latest are left out. */
const CHANGES_MAX = 1_000;
/** Nothing more is looked at after this, and the answer says how to go on. */
const DURATION_MAX_MS = 1_500;

export interface SearchParts {
  store: Store;
  clock: Clock;
  limits: Limits;
}

/** Answers one page of a search (SRC-1, SRC-5). Rejects with ProtocolError or StoreError. */
export async function search(parts: SearchParts, viewerId: UserId, asked: Search): Promise<SearchPage> {
  check(asked, parts.limits);
  const { store, clock, limits } = parts;
  const { text, senderIds, kinds, fromMs, toMs, before } = asked;
  const scopes = chosen(await store.search.scopes(viewerId, limits.positionsMax), asked);
  const limit = Math.min(Math.max(asked.limit, 1), HITS_MAX);
  const walk = new SearchWalk(scopes, before, limit);
  const filter = { text, senderIds, kinds, fromMs, toMs: toMs === 0 ? Number.MAX_SAFE_INTEGER : toMs };
  const endMs = clock.now() + DURATION_MAX_MS;
  do {
    const ranges = walk.next(FIND_RANGES_MAX);
    if (ranges.length === 0) break;
    const hitsMax = Math.max(RUN_HITS_MIN, Math.ceil(limit / ranges.length));
    const [runs, cleared] = await Promise.all([
      store.search.find({ viewerId, filter, ranges, hitsMax }),
      clearedSeqs(
        store,
        viewerId,
        ranges.map(({ conversationId }) => conversationId),
      ),
    ]);
    walk.take(ranges, aboveCleared(runs, cleared));
  } while (clock.now() < endMs);
  const hits = fitting(await Promise.all(walk.hits.map((entry) => withChanges(store, viewerId, entry))));
  return { hits, next: walk.cursorBehind(hits.length) };
}

async function withChanges({ log }: Store, viewerId: UserId, entry: Entry): Promise<SearchHit> {
  const { conversationId, seq } = entry;
  const changes = await log.changes({
    conversationId,
    fromTargetSeq: seq,
    toTargetSeq: seq,
    afterSeq: seq,
    standing: true,
    limit: CHANGES_MAX,
    viewerId,
  });
  return { entry, changes };
}

/** The first ones whose bodies have `PAGE_BYTES_MAX` together, but at least one. */
function fitting(hits: readonly SearchHit[]): SearchHit[] {
  let bytes = 0;
  const past = hits.findIndex(({ entry, changes }, at) => {
    bytes += [...changes, ...(entry === undefined ? [] : [entry])].reduce((sum, { body }) => sum + body.length, 0);
    return at > 0 && bytes > PAGE_BYTES_MAX;
  });
  return hits.slice(0, past === -1 ? hits.length : past);
}

/** The conversations that are asked for; who names one that it never was in is refused. */
function chosen(scopes: readonly SearchScope[], { conversationIds }: Search): readonly SearchScope[] {
  if (conversationIds.length === 0) return scopes;
  const asked = new Set(conversationIds);
  const found = scopes.filter(({ conversationId }) => asked.has(conversationId));
  if (found.length === asked.size) return found;
  throw new ProtocolError(ErrorCode.FORBIDDEN, 'the account is and was not a member of all of these conversations');
}

function check({ text, conversationIds, senderIds, kinds, fromMs, toMs, before }: Search, limits: Limits): void {
  const tooMuch =
    text.length > TEXT_CHARACTERS_MAX ||
    conversationIds.length > CONVERSATIONS_MAX ||
    senderIds.length > SENDERS_MAX ||
    kinds.length > knownKinds.size ||
    (before?.positions.length ?? 0) > limits.positionsMax;
  if (tooMuch) throw new ProtocolError(ErrorCode.LIMIT_EXCEEDED, 'more is asked for than a search may name');
  const isEmpty = text.trim() === '' && senderIds.length === 0 && kinds.length === 0;
  if (isEmpty) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'neither a text nor senders nor kinds to look for');
  const isImpossible =
    (toMs !== 0 && fromMs >= toMs) ||
    kinds.some((kind) => !knownKinds.has(kind)) ||
    conversationIds.some((id) => parseConversationId(id) === undefined);
  if (isImpossible) throw new ProtocolError(ErrorCode.INVALID_ARGUMENT, 'nothing can be what is looked for');
}

const knownKinds = new Set<number>(Object.values(ContentKind).filter((kind) => kind !== ContentKind.UNSPECIFIED));
