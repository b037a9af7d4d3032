import type { UserId } from '@hongyan/protocol';
import { SdkError } from '../types.ts';
import type { CheckedQuery } from './checked-query.ts';
import { clearedSeqOf, hitOf } from './hits.ts';
import type { SearchPage, SearchParts } from './types.ts';

/** The server ends a page that takes long, and there may be none in it; so often it is asked to go on. */
const EMPTY_PAGES_MAX = 5;

/** One page of what the server finds. Rejects with SdkError. */
export async function searchServer(
  { engine, ask }: SearchParts,
  me: UserId,
  { after, ...query }: CheckedQuery,
): Promise<SearchPage> {
  let before = after?.from === 'server' ? after.cursor : undefined;
  for (let pages = 1; ; pages++) {
    const answer = await ask({ case: 'search', value: { ...query, before } });
    if (answer.case !== 'searchPage') throw new SdkError('server', `the server answered ${answer.case}`);
    const { hits: found, next } = answer.value;
    const hits = found.flatMap(({ entry, changes }) => {
      if (!entry || entry.seq <= clearedSeqOf(engine, entry.conversationId)) return [];
      return hitOf(engine, me, entry, changes, query.text) ?? [];
    });
    if (hits.length > 0 || next === undefined || pages === EMPTY_PAGES_MAX) {
      return { hits, next: next && { from: 'server', cursor: next }, complete: true };
    }
    before = next;
  }
}
