import {
  type Cleared,
  type ConversationState,
  DEFAULT_LIMITS,
  type Entry,
  EntryKind,
  type UserId,
} from '@hongyan/protocol';
import { isOthersMessage, mentions, targetOf } from './entries.ts';
import type { ConversationRecord, UnreadRecord } from './types.ts';
import { addNewer, addOlder, countUnread, fromPage, including, moveRead, nothingUnread, without } from './unread.ts';

type Stated = Pick<ConversationState, 'lastSeq' | 'unreadCount' | 'mentionCount'> & { readSeq: number };

/** RCP-5, RCP-10: what of a conversation is unread, and what of that mentions the account. */
export class UnreadCounts {
  readonly #me: UserId;
  #unread: UnreadRecord = nothingUnread;
  #mentions: UnreadRecord = nothingUnread;
  #stated: Stated | undefined;
  #needsRecount = false;

  constructor(me: UserId, record?: ConversationRecord, readSeq = 0) {
    this.#me = me;
    if (!record) return;
    this.#unread = moveRead(record.unread, readSeq);
    this.#mentions = moveRead(record.mentions ?? nothingUnread, readSeq);
    this.#needsRecount = record.needsRecount === true && this.#before > 0;
  }

  get needsRecount(): boolean {
    return this.#needsRecount;
  }

  get record(): Pick<ConversationRecord, 'unread' | 'mentions' | 'needsRecount'> {
    return { unread: this.#unread, mentions: this.#mentions, needsRecount: this.#needsRecount };
  }

  /** While entries are missing the server's own count is the better one; `held` are those beyond a gap. */
  read(log: { toSeq: number; readSeq: number; held: readonly Entry[] }): { unread: number; mentions: number } {
    const stated = this.#stated;
    if (!stated || log.toSeq >= stated.lastSeq || stated.readSeq !== log.readSeq) {
      return { unread: countUnread(this.#unread), mentions: countUnread(this.#mentions) };
    }
    const since = log.held.filter((entry) => entry.seq > stated.lastSeq && isOthersMessage(entry, this.#me));
    return {
      unread: stated.unreadCount + since.length,
      mentions: stated.mentionCount + since.filter(({ header }) => mentions(header, this.#me)).length,
    };
  }

  /** REC-8: of a log that is held to its end, what was not cleared. */
  after({ throughSeq, readSeq, unreadCount }: Cleared, ownReadSeq: number): { unread: number; mentions: number } {
    const left = moveRead(this.#unread, throughSeq);
    // Of those that the server counted before the ones known one by one, some are cleared: it was noted how many. Where it
    // stopped counting there are enough without them.
    const isExact = countUnread(this.#unread) < DEFAULT_LIMITS.unreadCountMax;
    const isAmongCounted = isExact && throughSeq < this.#unread.fromSeq && readSeq === ownReadSeq;
    const counted = isAmongCounted ? Math.min(left.before, this.#unread.before - unreadCount) : left.before;
    const unread = Math.max(0, counted) + left.seqs.length;
    return { unread, mentions: Math.min(unread, countUnread(moveRead(this.#mentions, throughSeq))) };
  }

  /** Entries were added at the end of the log. */
  added(entries: readonly Entry[], readSeq: number, max: number): void {
    const others = entries.filter((entry) => entry.seq > readSeq && isOthersMessage(entry, this.#me));
    this.#unread = addNewer(this.#unread, seqsOf(others), max);
    this.#mentions = addNewer(this.#mentions, this.#mentioning(others), max);
    for (const entry of entries) if (entry.kind === EntryKind.EDIT) this.#edited(entry, readSeq);
  }

  /** Older entries became known one by one, down to `fromSeq`. */
  prepended(run: readonly Entry[], fromSeq: number, readSeq: number): void {
    const others = run.filter((entry) => isOthersMessage(entry, this.#me));
    this.#unread = addOlder(this.#unread, seqsOf(others), fromSeq, readSeq);
    this.#mentions = addOlder(this.#mentions, this.#mentioning(others), fromSeq, readSeq);
  }

  /** From where on they are known one by one. */
  get fromSeq(): number {
    return this.#unread.fromSeq;
  }

  /** A page took the place of the log. */
  adopted(page: readonly Entry[], readSeq: number): void {
    const stated = this.#stated;
    const fromSeq = page[0]?.seq ?? 1;
    const others = page.filter((entry) => isOthersMessage(entry, this.#me));
    const uncounted = others.filter(({ seq }) => seq > (stated?.lastSeq ?? 0));
    const unknown = Math.max(0, fromSeq - 1 - Math.max(stated?.lastSeq ?? 0, readSeq));
    const take = (othersSeqs: readonly number[], statedCount: number) =>
      moveRead(fromPage({ othersSeqs, fromSeq, readSeq, statedCount }), readSeq);
    this.#unread = take(seqsOf(others), (stated?.unreadCount ?? 0) + uncounted.length + unknown);
    this.#mentions = take(this.#mentioning(others), (stated?.mentionCount ?? 0) + this.#mentioning(uncounted).length);
    for (const entry of page) if (entry.kind === EntryKind.EDIT) this.#edited(entry, readSeq);
    // Counted for another read position or a shorter log, it is no more than a bound of what lies before the page.
    const isCounted = stated?.readSeq === readSeq && unknown === 0;
    this.#needsRecount = this.#before > 0 && !isCounted;
  }

  readMoved(readSeq: number): void {
    this.#needsRecount = readSeq < this.#unread.fromSeq - 1 && this.#before > 0;
    this.#unread = moveRead(this.#unread, readSeq);
    this.#mentions = moveRead(this.#mentions, readSeq);
  }

  /** Nothing before it may be read any more (GRP-1). */
  beginAt(firstSeq: number): void {
    this.#unread = moveRead(this.#unread, firstSeq - 1);
    this.#mentions = moveRead(this.#mentions, firstSeq - 1);
    this.#needsRecount &&= this.#before > 0;
  }

  /** A message was erased: known one by one it counts no more, else the server has to be asked. */
  erased(seq: number, readSeq: number): void {
    this.#unread = without(this.#unread, seq);
    this.#mentions = without(this.#mentions, seq);
    if (seq > readSeq && seq < this.#unread.fromSeq && this.#before > 0) this.#needsRecount = true;
  }

  stated(stated: Stated): void {
    this.#stated = stated;
  }

  /** The server counted, of the log up to `toSeq`. */
  confirmed(log: { toSeq: number; readSeq: number }): void {
    const stated = this.#stated;
    if (this.#before === 0) this.#needsRecount = false;
    if (this.#before === 0 || !stated || stated.lastSeq !== log.toSeq || stated.readSeq !== log.readSeq) return;
    this.#needsRecount = false;
    const recounted = (unread: UnreadRecord, count: number) => ({
      ...unread,
      before: Math.max(0, count - unread.seqs.length),
    });
    this.#unread = recounted(this.#unread, stated.unreadCount);
    this.#mentions = recounted(this.#mentions, stated.mentionCount);
  }

  /** Whom a message mentions is what its last edit says. */
  #edited(edit: Entry, readSeq: number): void {
    const seq = targetOf(edit);
    if (edit.senderId === this.#me || seq <= readSeq || edit.body.length === 0) return;
    if (seq < this.#unread.fromSeq) this.#needsRecount ||= this.#before > 0;
    else if (!this.#unread.seqs.includes(seq)) return;
    else if (mentions(edit.header, this.#me)) this.#mentions = including(this.#mentions, seq);
    else this.#mentions = without(this.#mentions, seq);
  }

  #mentioning(others: readonly Entry[]): number[] {
    return seqsOf(others.filter(({ header }) => mentions(header, this.#me)));
  }

  get #before(): number {
    return this.#unread.before + this.#mentions.before;
  }
}

const seqsOf = (entries: readonly Entry[]): number[] => entries.map(({ seq }) => seq);
