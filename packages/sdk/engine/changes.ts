import { type Entry, EntryKind, type UserId } from '@hongyan/protocol';
import { goesWith, targetOf } from './entries.ts';

/** What later entries make of a message. Another object when that changes. */
export interface Change {
  /** The last of its edits. */
  readonly edit?: Entry | undefined;
  readonly recall?: Entry;
  /** The last of each sender: all that this sender reacts with. */
  readonly reactions?: ReadonlyMap<UserId, Entry>;
}

/** MSG-22: the change once the entry is taken into account as well, in whatever order they come. */
export function changeAfter(change: Change | undefined, entry: Entry): Change | undefined {
  switch (entry.kind) {
    case EntryKind.EDIT:
      return change?.recall || (change?.edit?.seq ?? 0) >= entry.seq ? change : { ...change, edit: entry };
    case EntryKind.RECALL:
      return change?.recall ? change : { recall: entry };
    case EntryKind.REACTION: {
      const known = change?.reactions?.get(entry.senderId)?.seq ?? 0;
      if (known >= entry.seq) return change;
      return { ...change, reactions: new Map(change?.reactions).set(entry.senderId, entry) };
    }
    default:
      return change;
  }
}

/** What is known of the changes of some messages, by the messages' places. */
export class Changes {
  readonly #changes = new Map<number, Change>();

  add(entry: Entry): void {
    const seq = targetOf(entry);
    const change = seq > 0 ? changeAfter(this.#changes.get(seq), entry) : undefined;
    if (change) this.#changes.set(seq, change);
  }

  of(seq: number): Change | undefined {
    return this.#changes.get(seq);
  }

  /** MSG-21: the edits of a message that is erased. */
  erase(seq: number): void {
    const change = this.#changes.get(seq);
    if (change?.edit && goesWith(change.edit, seq)) this.#changes.set(seq, { ...change, edit: undefined });
  }

  clear(): void {
    this.#changes.clear();
  }
}
