import { type Entry, EntryKind } from '@hongyan/protocol';
import { changeAfter } from './changes.ts';
import { erasedEntry, isShown, targetOf } from './entries.ts';
import type { ShownEntry } from './types.ts';

/** The last line of a conversation once `entry` follows: the entry itself, the line changed by it, or the same object. */
export function shownAfter(shown: ShownEntry | undefined, entry: Entry): ShownEntry | undefined {
  if (isShown(entry)) return { entry };
  if (!shown || targetOf(entry) !== shown.entry.seq || entry.kind === EntryKind.REACTION) return shown;
  const change = changeAfter(shown.change, entry);
  if (change === shown.change) return shown;
  return { entry: change?.recall ? erasedEntry(shown.entry) : shown.entry, change };
}

/** MSG-21. */
export function shownWithout(shown: ShownEntry | undefined, seq: number): ShownEntry | undefined {
  if (shown?.entry.seq !== seq) return shown;
  return { entry: erasedEntry(shown.entry), change: shown.change && { ...shown.change, edit: undefined } };
}
