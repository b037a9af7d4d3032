import type { FindQuery, FoundRun, SearchRange, SearchScope } from '@hongyan/core/ports';
import { type Entry, EntryKind, type UserId } from '@hongyan/protocol';
import { changedSeq } from '../entry-effects.ts';
import { createMatcher, type Matcher } from '../search/filter.ts';
import { covered } from './log.ts';
import type { MemoryConversation, MemoryState } from './state.ts';

// There is no index: what there is is looked through.

export function scopes(state: MemoryState, userId: UserId, limit: number): SearchScope[] {
  return (state.memberships.get(userId) ?? [])
    .flatMap((conversationId) => {
      const conversation = state.conversations.get(conversationId);
      const window = conversation && covered(conversation, userId);
      if (conversation === undefined || window === undefined) return [];
      return [{ conversationId, lastSeq: window[1], lastTimeMs: conversation.entries.at(-1)?.serverTimeMs ?? 0 }];
    })
    .sort((a, b) => b.lastTimeMs - a.lastTimeMs || (a.conversationId < b.conversationId ? -1 : 1))
    .slice(0, Math.max(limit, 0));
}

export function find(state: MemoryState, { viewerId, filter, ranges, hitsMax }: FindQuery): FoundRun[] {
  const matcher = createMatcher(filter);
  return ranges.map((range) => {
    const conversation = state.conversations.get(range.conversationId);
    const window = conversation && covered(conversation, viewerId);
    if (conversation === undefined || window === undefined) return { hits: [], beforeSeq: 0 };
    return runOf(conversation, window, range, matcher, hitsMax);
  });
}

function runOf(
  conversation: MemoryConversation,
  [firstSeq, lastSeq]: readonly [number, number],
  { beforeSeq }: SearchRange,
  matcher: Matcher,
  hitsMax: number,
): FoundRun {
  const hits: Entry[] = [];
  for (let seq = Math.min(lastSeq, beforeSeq - 1); seq >= firstSeq; seq--) {
    const entry = conversation.entries[seq - 1];
    if (entry?.kind !== EntryKind.MESSAGE || entry.body.length === 0) continue;
    if (!matcher.fits({ ...entry, body: textSeen(conversation, entry, lastSeq) })) continue;
    hits.push(entry);
    if (hits.length >= hitsMax) return { hits, beforeSeq: seq };
  }
  return { hits, beforeSeq: 0 };
}

/** The body of the message's last EDIT that somebody may read who may read up to `lastSeq`. */
function textSeen({ entries }: MemoryConversation, message: Entry, lastSeq: number): Uint8Array {
  const isEdit = (entry: Entry) => entry.kind === EntryKind.EDIT && changedSeq(entry) === message.seq;
  return (entries.findLast((entry) => entry.seq <= lastSeq && isEdit(entry)) ?? message).body;
}
