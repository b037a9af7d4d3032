import { decodeContent, decodeReaction, type Entry, type EntryHeader, EntryKind, type UserId } from '@hongyan/protocol';

/** What a message comes to by the entries behind it (MSG-22). */
export interface Said {
  text: string;
  erased: boolean;
  /** Empty: it answers none. */
  replyToSeq: number;
  /** Who reacts with what, as `emoji user`, sorted. */
  reactions: readonly string[];
  header: EntryHeader | undefined;
}

/** Whether people are shown the entry as a line of its own. */
export const isLine = ({ header }: Pick<Entry, 'header'>): boolean => (header?.targetSeq ?? 0) === 0;

export const isMessage = ({ kind, body }: Pick<Entry, 'kind' | 'body'>): boolean =>
  kind === EntryKind.MESSAGE && body.length > 0;

export const isRecalled = (log: readonly Entry[], { seq }: Entry): boolean =>
  changesIn(log)
    .get(seq)
    ?.some(({ kind }) => kind === EntryKind.RECALL) === true;

/** What the message at a place says, as far as `log` goes. */
export function saidAt(log: readonly Entry[], entry: Entry): Said {
  const changes = changesIn(log).get(entry.seq) ?? [];
  const last = (kind: EntryKind) => changes.findLast((change) => change.kind === kind);
  const erased = entry.kind === EntryKind.MESSAGE && (entry.body.length === 0 || last(EntryKind.RECALL) !== undefined);
  if (erased) return { text: '', erased, replyToSeq: 0, reactions: [], header: undefined };
  const current = last(EntryKind.EDIT) ?? entry;
  const { text, replyToSeq } = contentIn(current);
  return { text, erased, replyToSeq, reactions: reactionsIn(changes), header: current.header };
}

const known = new WeakMap<readonly Entry[], ReadonlyMap<number, readonly Entry[]>>();

/** What changes messages, by the place of the message; worked out once for each log. */
function changesIn(log: readonly Entry[]): ReadonlyMap<number, readonly Entry[]> {
  const found = known.get(log);
  if (found !== undefined) return found;
  const changes = new Map<number, Entry[]>();
  for (const entry of log) {
    const targetSeq = entry.header?.targetSeq ?? 0;
    if (targetSeq > 0) changes.set(targetSeq, [...(changes.get(targetSeq) ?? []), entry]);
  }
  known.set(log, changes);
  return changes;
}

/** Whether the message mentions an account; by what it says last (MSG-27). */
export const mentions = ({ header }: Said, userId: UserId): boolean =>
  header !== undefined && (header.mentionsAll || header.mentionedIds.includes(userId));

function reactionsIn(changes: readonly Entry[]): string[] {
  const lastOf = new Map<UserId, Entry>();
  for (const change of changes) if (change.kind === EntryKind.REACTION) lastOf.set(change.senderId, change);
  const all = [...lastOf].flatMap(([userId, { body }]) =>
    [...new Set(decodeReaction(body).emoji)].map((emoji) => `${emoji} ${userId}`),
  );
  return all.sort();
}

function contentIn({ kind, body }: Entry): { text: string; replyToSeq: number } {
  if (kind !== EntryKind.MESSAGE && kind !== EntryKind.EDIT) return { text: '', replyToSeq: 0 };
  try {
    const content = decodeContent(body);
    return { text: content.kind?.case === 'text' ? content.kind.value.text : '', replyToSeq: content.replyToSeq };
  } catch {
    return { text: '', replyToSeq: 0 };
  }
}
