import { type Clock, isBlock, type Store } from '@hongyan/core';
import { type RecordKey, recordKey, relationOf, type UserId } from '@hongyan/protocol';
import { Relation } from '@hongyan/protocol/cluster';
import type { Relations } from './sight.ts';

/** What accounts are to each other by their records: a block by either counts more than a friendship (PPL-2, PPL-3). */
export function recordedRelations({ store, clock }: { store: Store; clock: Clock }): Relations {
  return async (userId, others) => {
    const keys = (kind: 'friend' | 'peer' | 'block') =>
      others.map((otherId) => recordKey({ kind, userId: otherId } satisfies RecordKey));
    const [own, blocksOfOthers] = await Promise.all([
      store.records.values(userId, [...keys('friend'), ...keys('peer'), ...keys('block')]),
      store.records.under([recordKey({ kind: 'block', userId })], others),
    ]);
    const blockers = new Set(blocksOfOthers.filter(({ record }) => isBlock(record.value)).map((owned) => owned.userId));
    const relations = new Map<UserId, Relation>();
    for (const [at, otherId] of others.entries()) {
      const [wish, peer, block] = [own[at], own[at + others.length], own[at + 2 * others.length]];
      if (isBlock(block?.value) || blockers.has(otherId)) relations.set(otherId, Relation.BLOCKED);
      else if (relationOf(wish, peer, clock.now()).state === 'friends') relations.set(otherId, Relation.FRIEND);
    }
    return relations;
  };
}
