import { copyBytes, type Entry, type EntryHeader, EntryKind, NO_HEADER, type UserId } from '@hongyan/protocol';

const NO_BYTES = new Uint8Array(0);

/** A decoded body is a view onto the receive buffer; what is kept must not hold that buffer. */
export const keepEntry = (entry: Entry): Entry => ({ ...entry, body: copyBytes(entry.body) });

/** The message that an entry changes; 0: none. */
export const targetOf = ({ header }: Pick<Entry, 'header'>): number => header?.targetSeq ?? 0;

/** Whether people are shown it as a line of its own: all that does not change another line. */
export const isShown = (entry: Pick<Entry, 'kind' | 'header'>): boolean =>
  entry.kind === EntryKind.MESSAGE || targetOf(entry) === 0;

/** MSG-21: nothing of the message is left. */
export const isErased = ({ kind, body }: Pick<Entry, 'kind' | 'body'>): boolean =>
  kind === EntryKind.MESSAGE && body.length === 0;

/** RCP-5: what may be unread. A message without a body was erased. */
export const isOthersMessage = ({ kind, senderId, body }: Entry, me: UserId): boolean =>
  kind === EntryKind.MESSAGE && senderId !== me && body.length > 0;

export const mentions = (header: EntryHeader | undefined, me: UserId): boolean =>
  header !== undefined && (header.mentionsAll || header.mentionedIds.includes(me));

/** Whether the entry goes with a message that is erased: it is the message, or an edit of it. */
export const goesWith = (entry: Entry, seq: number): boolean =>
  entry.kind === EntryKind.MESSAGE ? entry.seq === seq : entry.kind === EntryKind.EDIT && targetOf(entry) === seq;

/** MSG-21: what is left of an entry that said something. */
export function erasedEntry({ header, ...entry }: Entry): Entry {
  const bare = { ...entry, body: NO_BYTES };
  if (entry.kind !== EntryKind.EDIT || !header) return bare;
  return { ...bare, header: { ...NO_HEADER, targetSeq: header.targetSeq } };
}

/** The longest run without a gap that ends with the last of `entries` (ascending). */
export function lastRun(entries: readonly Entry[]): Entry[] {
  let start = entries.length - 1;
  while (start > 0 && entries[start - 1]?.seq === (entries[start]?.seq ?? 0) - 1) start--;
  return entries.slice(Math.max(0, start));
}

/** Of `older` (ascending) what reaches up to `beforeSeq` without a gap. */
export function runBefore(older: readonly Entry[], beforeSeq: number): Entry[] {
  const run = lastRun(older.filter((entry) => entry.seq < beforeSeq));
  return run.at(-1)?.seq === beforeSeq - 1 ? run : [];
}
