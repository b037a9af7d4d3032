import { type Entry, type EntryHeader, EntryKind, type UserId } from '@hongyan/protocol';

/** Stands for all members where accounts are mentioned. */
export const EVERYBODY = '';

export const NO_BYTES = new Uint8Array(0);

type Headed = Pick<Entry, 'kind' | 'header'>;

/** The message that an entry changes; undefined when it changes none. */
export function changedSeq({ kind, header }: Headed): number | undefined {
  const isChange = kind === EntryKind.EDIT || kind === EntryKind.RECALL || kind === EntryKind.REACTION;
  return isChange && header !== undefined && header.targetSeq > 0 ? header.targetSeq : undefined;
}

/** Whom a message mentions, by its own header or its EDIT's: never its sender. */
export function mentionedBy(header: EntryHeader | undefined, senderId: UserId): string[] {
  if (header === undefined) return [];
  if (header.mentionsAll) return [EVERYBODY];
  return [...new Set(header.mentionedIds)].filter((userId) => userId !== senderId && userId !== EVERYBODY);
}

/** How long a message lives, and whether that counts from when it was sent; undefined: for ever. */
export function lifetimeOf({ kind, header }: Headed): { lifetimeMs: number; fromSent: boolean } | undefined {
  if (kind !== EntryKind.MESSAGE || header === undefined || header.lifetimeMs === 0) return undefined;
  return { lifetimeMs: header.lifetimeMs, fromSent: !header.livesFromRead };
}

/** What stays of the header of an EDIT whose message is erased. */
export const erasedEditHeader = (targetSeq: number): EntryHeader => ({
  targetSeq,
  mentionedIds: [],
  mentionsAll: false,
  lifetimeMs: 0,
  livesFromRead: false,
});
