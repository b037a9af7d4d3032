import { type Entry, EntryKind } from '@hongyan/protocol';
import type { Message, MessageState, Quote } from '../types.ts';
import type { Changes } from './changes.ts';
import { readContent } from './content.ts';
import { type MessageContext, messageFromEntry, messageFromOutbox, receiptState } from './message.ts';
import type { OutboxItem } from './outbox.ts';
import { shownState } from './outbox-states.ts';
import { withAscendingTimes } from './shown-times.ts';

export interface TimelineParts extends Pick<MessageContext, 'me' | 'others'> {
  /** In the order of display. */
  shown: readonly Entry[];
  outbox: readonly OutboxItem[];
  changes: Changes;
  /** An entry that is not shown, and what changed it; undefined: not known. */
  quoted: (seq: number) => { entry: Entry; changes: Changes } | undefined;
  dueMs: (seq: number) => number | undefined;
}

/** Behind the last message that was there at `timeMs`. */
const placeByTime = (messages: readonly Message[], timeMs: number): number =>
  messages.findLastIndex((message) => message.timeMs <= timeMs) + 1;

const NOTHING: readonly OutboxItem[] = [];

/** The message that an entry answers; 0: none. */
export const replySeqOf = ({ kind, body }: Pick<Entry, 'kind' | 'body'>): number =>
  kind === EntryKind.MESSAGE && body.length > 0 ? (readContent(body)?.replyToSeq ?? 0) : 0;

/** Makes messages of entries; one that would look as it did before is the same object. */
export class Rendering {
  readonly #known = new Map<string, { message: Message; from: readonly unknown[] }>();
  readonly #replies = new WeakMap<Entry, number>();
  #used = new Set<string>();

  /**
   * The log, which comes in the order of display, and then the outbox, except that a message which failed stays where it
   * was written.
   */
  messages(parts: TimelineParts): readonly Message[] {
    this.#used = new Set();
    const pending = pendingChanges(parts.outbox);
    const messages = parts.shown.map((entry) => this.#fromEntry(entry, parts, pending));
    for (const item of parts.outbox) {
      if (isChange(item)) continue;
      const message = this.#fromOutbox(item, parts, pending);
      if (item.progress.name === 'failed') messages.splice(placeByTime(messages, message.clientTimeMs), 0, message);
      else messages.push(message);
    }
    for (const key of [...this.#known.keys()]) if (!this.#used.has(key)) this.#known.delete(key);
    return withAscendingTimes(messages);
  }

  #fromEntry(entry: Entry, parts: TimelineParts, pending: Pending): Message {
    const { me, others } = parts;
    const change = parts.changes.of(entry.seq);
    const own = [...(pending.get(entry.seq) ?? NOTHING), ...(pending.get(entry.clientMessageId) ?? NOTHING)];
    const dueMs = parts.dueMs(entry.seq);
    const quote = this.#quote(entry, parts);
    const state = entry.senderId === me ? receiptState(entry.seq, others) : undefined;
    const from = [entry, change, dueMs, quote, state, ...own.flatMap(lookOf)];
    return this.#make(String(entry.seq), from, () =>
      messageFromEntry(entry, {
        me,
        others,
        change,
        pending: own,
        quote: quote && { seq: this.#replyOf(entry), message: quote },
        dueMs,
      }),
    );
  }

  #fromOutbox(item: OutboxItem, parts: TimelineParts, pending: Pending): Message {
    const { me, others } = parts;
    const { record } = item;
    const own = pending.get(record.clientMessageId) ?? NOTHING;
    const quote = this.#quote({ kind: EntryKind.MESSAGE, ...record }, parts);
    const seq = quote && replySeqOf({ kind: EntryKind.MESSAGE, ...record });
    const from = [...lookOf(item), quote, ...own.flatMap(lookOf)];
    return this.#make(record.clientMessageId, from, () =>
      messageFromOutbox(item, { me, others, pending: own, quote: seq && quote ? { seq, message: quote } : undefined }),
    );
  }

  #quote(entry: Pick<Entry, 'kind' | 'body'>, { me, others, quoted }: TimelineParts): Quote['message'] | undefined {
    const seq = 'seq' in entry ? this.#replyOf(entry as Entry) : replySeqOf(entry);
    const found = seq > 0 ? quoted(seq) : undefined;
    if (!found) return undefined;
    const change = found.changes.of(seq);
    const message = this.#make(`quote ${seq}`, [found.entry, change], () =>
      messageFromEntry(found.entry, { me, others, change }),
    );
    return message.erased ? 'erased' : message;
  }

  #replyOf(entry: Entry): number {
    const known = this.#replies.get(entry) ?? replySeqOf(entry);
    this.#replies.set(entry, known);
    return known;
  }

  #make(key: string, from: readonly unknown[], build: () => Message): Message {
    this.#used.add(key);
    const known = this.#known.get(key);
    if (known && known.from.length === from.length && known.from.every((part, at) => part === from[at])) {
      return known.message;
    }
    const message = build();
    this.#known.set(key, { message, from });
    return message;
  }
}

type Pending = ReadonlyMap<number | string, readonly OutboxItem[]>;

/** Whether it is not a message itself but changes one, or the conversation. */
export const isChange = ({ record }: OutboxItem): boolean => (record.kind ?? EntryKind.MESSAGE) !== EntryKind.MESSAGE;

/** Changes on their way, by the place of the message that they change or, while it has none, its id. */
export function pendingChanges(outbox: readonly OutboxItem[]): Pending {
  const pending = new Map<number | string, OutboxItem[]>();
  for (const item of outbox) {
    const target = item.record.header?.targetSeq || item.record.targetId;
    if (isChange(item) && target) pending.set(target, [...(pending.get(target) ?? []), item]);
  }
  return pending;
}

/** All that the look of a message depends on. */
function lookOf({ record, progress }: OutboxItem): unknown[] {
  const { name } = shownState(progress) as MessageState;
  return [record, name, progress.name === 'accepted' ? progress.seq : 0];
}
