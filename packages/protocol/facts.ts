import { decodeConversationChange, decodeGroupCreated } from './codec.ts';
import { type ConversationChange, type Entry, EntryKind, type Facts } from './gen/hongyan.ts';

/** Of a conversation in which nothing was ever changed. */
export const NO_FACTS: Facts = {
  seq: 0,
  name: '',
  avatar: '',
  announcement: '',
  announcementSeq: 0,
  pinnedSeqs: [],
  lifetimeMs: 0,
  memberCount: 0,
  dissolved: false,
  linkCode: '',
};

/**
 * What the facts of a conversation are after the entry: the same object when it changes none, or they go further already.
 * Whoever holds a log without a gap comes to the facts by this alone. Of MembersAdded and MembersRemoved every account
 * counts: the entry names only those whose membership it changes. A body that cannot be read changes nothing but `seq`.
 */
export function factsAfter(facts: Facts, { seq, kind, body }: Pick<Entry, 'seq' | 'kind' | 'body'>): Facts {
  if (seq <= facts.seq) return facts;
  if (kind === EntryKind.GROUP_CREATED) {
    const created = read(() => decodeGroupCreated(body));
    return { ...facts, seq, name: created?.name ?? facts.name };
  }
  if (kind !== EntryKind.CONVERSATION_CHANGED) return facts;
  const change = read(() => decodeConversationChange(body))?.change;
  return { ...facts, ...changed(facts, change, seq), seq };
}

function changed(facts: Facts, change: ConversationChange['change'], seq: number): Partial<Facts> {
  const { memberCount, pinnedSeqs } = facts;
  switch (change?.case) {
    case 'name':
      return { name: change.value };
    case 'avatar':
      return { avatar: change.value };
    case 'announcement':
      return { announcement: change.value, announcementSeq: change.value === '' ? 0 : seq };
    case 'pinnedSeq':
      return pinnedSeqs.includes(change.value) ? {} : { pinnedSeqs: [...pinnedSeqs, change.value] };
    case 'unpinnedSeq':
      return { pinnedSeqs: pinnedSeqs.filter((pinned) => pinned !== change.value) };
    case 'lifetimeMs':
      return { lifetimeMs: change.value };
    case 'policy':
      return { policy: change.value };
    case 'membersAdded':
      return { memberCount: memberCount + new Set(change.value.userIds).size };
    case 'membersRemoved':
      return { memberCount: Math.max(0, memberCount - new Set(change.value.userIds).size) };
    case 'left':
      return { memberCount: Math.max(0, memberCount - 1) };
    case 'linkCode':
      return { linkCode: change.value };
    case 'dissolved':
      return { dissolved: true };
    case 'roleGiven':
    case 'memberMuted':
    case 'nickname':
    case undefined:
      return {};
  }
}

function read<T>(decode: () => T): T | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}
