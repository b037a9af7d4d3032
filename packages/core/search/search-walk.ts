import {
  type ConversationId,
  conversationHash,
  type Entry,
  type SearchCursor,
  type SearchPosition,
} from '@hongyan/protocol';
import type { FoundRun, SearchRange, SearchScope } from '../ports/search.ts';

/** One conversation, from its end downwards. */
interface Scope {
  readonly conversationId: ConversationId;
  readonly hash: number;
  /** The end of it. */
  readonly lastSeq: number;
  readonly lastTimeMs: number;
  /** What has been looked at is from here on; 0: everything. */
  beforeSeq: number;
  /** Nothing that is left is newer. */
  timeMs: number;
}

/** A message that was found, in its place among the others. */
interface Found {
  readonly entry: Entry;
  readonly scope: Scope;
  /** `serverTimeMs`, but never above that of what is behind it in the conversation. */
  readonly timeMs: number;
}

/**
 * One page of a search over many conversations, newest first. It looks on where something newer than what was found may still
 * be, and leaves alone what cannot come into the page.
 */
export class SearchWalk {
  readonly #scopes: readonly Scope[];
  readonly #limit: number;
  #found: Found[] = [];

  /** `scopes` as the store has them; `before` is what the page before ended with. */
  constructor(scopes: readonly SearchScope[], before: SearchCursor | undefined, limit: number) {
    const startMs = before?.timeMs ?? Number.MAX_SAFE_INTEGER;
    const starts = startsOf(scopes, before);
    this.#limit = limit;
    this.#scopes = scopes.map(({ conversationId, lastSeq, lastTimeMs }) => {
      const hash = conversationHash(conversationId);
      const start = starts.get(hash) ?? { beforeSeq: Number.MAX_SAFE_INTEGER, timeMs: startMs };
      const beforeSeq = Math.min(start.beforeSeq, lastSeq + 1);
      return { conversationId, hash, lastSeq, lastTimeMs, beforeSeq, timeMs: Math.min(lastTimeMs, start.timeMs) };
    });
  }

  /** Where to look next, at most in `max` ranges; none: the page is complete. */
  next(max: number): SearchRange[] {
    const enoughMs = this.#found[this.#limit - 1]?.timeMs ?? Number.NEGATIVE_INFINITY;
    return this.#scopes
      .filter(({ beforeSeq, timeMs }) => beforeSeq > 1 && timeMs > enoughMs)
      .sort((a, b) => b.timeMs - a.timeMs)
      .slice(0, max)
      .map(({ conversationId, beforeSeq }) => ({ conversationId, beforeSeq }));
  }

  /** Takes what was found in ranges that `next` gave. */
  take(ranges: readonly SearchRange[], runs: readonly FoundRun[]): void {
    const byId = new Map(this.#scopes.map((scope) => [scope.conversationId, scope]));
    for (const [at, { conversationId }] of ranges.entries()) {
      const scope = byId.get(conversationId);
      const run = runs[at];
      if (scope === undefined || run === undefined) continue;
      for (const entry of run.hits) {
        scope.timeMs = Math.min(scope.timeMs, entry.serverTimeMs);
        this.#found.push({ entry, scope, timeMs: scope.timeMs });
      }
      scope.beforeSeq = run.beforeSeq;
    }
    // Sorting keeps the order of what is equal, and so each conversation's.
    this.#found.sort((a, b) => b.timeMs - a.timeMs);
  }

  /** What is found so far, as far as nothing newer can be left. */
  get hits(): Entry[] {
    const left = this.#scopes.filter(({ beforeSeq }) => beforeSeq > 1).map(({ timeMs }) => timeMs);
    const leftMs = left.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    return this.#found
      .filter(({ timeMs }) => timeMs >= leftMs)
      .slice(0, this.#limit)
      .map(({ entry }) => entry);
  }

  /** Where the search goes on behind the first `count` of `hits`; undefined: nothing is left. */
  cursorBehind(count: number): SearchCursor | undefined {
    const rest = new Map<Scope, Found>();
    for (const found of this.#found.slice(count)) if (!rest.has(found.scope)) rest.set(found.scope, found);
    const left = this.#scopes.map((scope) => {
      const found = rest.get(scope);
      return found === undefined
        ? { scope, beforeSeq: scope.beforeSeq, timeMs: scope.timeMs }
        : { scope, beforeSeq: found.entry.seq + 1, timeMs: found.timeMs };
    });
    const open = left.filter(({ beforeSeq }) => beforeSeq > 1);
    if (open.length === 0) return undefined;
    return {
      timeMs: open.reduce((latestMs, { timeMs }) => Math.max(latestMs, timeMs), 0),
      positions: left
        .filter(({ scope, beforeSeq, timeMs }) => beforeSeq <= scope.lastSeq || timeMs < scope.lastTimeMs)
        .map(({ scope, beforeSeq, timeMs }) => ({ conversationHash: scope.hash, beforeSeq, timeMs })),
    };
  }
}

/** A position whose hash fits two conversations says nothing of either, and they are looked through again. */
function startsOf(scopes: readonly SearchScope[], before: SearchCursor | undefined): Map<number, SearchPosition> {
  if (before === undefined) return new Map();
  const counts = new Map<number, number>();
  for (const { conversationId } of scopes) {
    const hash = conversationHash(conversationId);
    counts.set(hash, (counts.get(hash) ?? 0) + 1);
  }
  return new Map(
    before.positions
      .filter(({ conversationHash: hash }) => counts.get(hash) === 1)
      .map((position) => [position.conversationHash, position]),
  );
}
