import {
  type ChangeConversation,
  type Command,
  ConversationKind,
  type ConversationState,
  type Cursor,
  conversationHash,
  DEFAULT_LIMITS,
  type Entry,
  type EntryHeader,
  EntryKind,
  type ErrorCode,
  encodeText,
  type Facts,
  type Feature,
  factsAfter,
  type Hello,
  type Membership,
  NO_FACTS,
  NO_HEADER,
  type Push,
  type Reply,
  type SendMessage,
  type ServerFrame,
} from '@hongyan/protocol';
import { erasedEntry, goesWith, isOthersMessage, mentions, targetOf } from '../entries.ts';

const NO_BYTES: Uint8Array = new Uint8Array(0);

export const anna = 'u0000000000000000';
export const ben = 'u0000000000000001';
export const conversationId = `direct.${anna}.${ben}`;

export const textBody = (text: string) => encodeText(text);
export const pushFrame = (body: NonNullable<Push['body']>): ServerFrame => ({
  frame: { case: 'push', value: { body } },
});
export const replyFrame = (id: number, body: NonNullable<Reply['body']>): ServerFrame => ({
  frame: { case: 'reply', value: { id, body } },
});

/** The rules' server side for one conversation, small enough to be right by reading: a list and a few maximums. */
export class ModelServer {
  log: Entry[] = [];
  readonly cursors = new Map<string, Cursor>(
    [anna, ben].map((userId) => [userId, { userId, deliveredSeq: 0, readSeq: 0 }]),
  );
  features: Feature[] = [];
  facts: Facts | undefined;
  /** Anna's. */
  membership: Membership | undefined;
  /** Entries per page, small so that tests need several. */
  pageSize = 3;

  append(senderId: string, clientMessageId: string, body = textBody(clientMessageId), clientTimeMs?: number): Entry {
    const seq = this.log.length + 1;
    const times = { clientTimeMs: clientTimeMs ?? seq, serverTimeMs: seq };
    const entry = { conversationId, seq, kind: EntryKind.MESSAGE, senderId, clientMessageId, body, ...times };
    this.log.push(entry);
    return entry;
  }

  /** Appends what changes the message at `targetSeq`, or the conversation (0). */
  change(
    senderId: string,
    kind: EntryKind,
    targetSeq: number,
    body = NO_BYTES,
    header: Partial<EntryHeader> = {},
  ): Entry {
    const id = `c${this.log.length + 1}`;
    return this.#change({ ...this.append(senderId, id, body), kind, header: { ...NO_HEADER, ...header, targetSeq } });
  }

  /** What erases a message: its lifetime is over, or somebody recalls it. */
  erase(seq: number): void {
    this.log = this.log.map((entry) => (goesWith(entry, seq) ? erasedEntry(entry) : entry));
  }

  /** What still counts of the later changes of these. */
  changesOf(entries: readonly Entry[]): Entry[] {
    const seqs = new Set(entries.map(({ seq }) => seq));
    return this.log.filter((entry) => seqs.has(targetOf(entry)) && !this.#isSuperseded(entry));
  }

  #change(entry: Entry): Entry {
    this.log[entry.seq - 1] = entry;
    if (entry.kind === EntryKind.RECALL) this.erase(targetOf(entry));
    if (entry.kind === EntryKind.CONVERSATION_CHANGED) this.facts = factsAfter(this.facts ?? NO_FACTS, entry);
    return entry;
  }

  #isSuperseded(entry: Entry): boolean {
    const { kind, senderId, seq } = entry;
    const isLater = (other: Entry) => other.seq > seq && other.kind === kind && targetOf(other) === targetOf(entry);
    if (kind === EntryKind.EDIT) return this.log.some(isLater);
    return kind === EntryKind.REACTION && this.log.some((other) => isLater(other) && other.senderId === senderId);
  }

  state(userId = anna): ConversationState {
    const readSeq = this.cursors.get(userId)?.readSeq ?? 0;
    const unread = this.log.filter((entry) => isOthersMessage(entry, userId) && entry.seq > readSeq);
    const edits = new Map(this.log.filter(({ kind }) => kind === EntryKind.EDIT).map((edit) => [targetOf(edit), edit]));
    const mentioning = unread.filter((entry) => mentions((edits.get(entry.seq) ?? entry).header, userId));
    return {
      conversationId,
      kind: ConversationKind.DIRECT,
      lastSeq: this.log.length,
      cursors: [...this.cursors.values()],
      unreadCount: unread.length,
      mentionCount: mentioning.length,
      facts: this.facts,
      membership: this.membership,
    };
  }

  advance(userId: string, { deliveredSeq, readSeq }: { deliveredSeq: number; readSeq: number }): void {
    const known = this.cursors.get(userId) ?? { userId, deliveredSeq: 0, readSeq: 0 };
    const read = Math.max(known.readSeq, Math.min(readSeq, this.log.length));
    const delivered = Math.max(known.deliveredSeq, Math.min(deliveredSeq, this.log.length), read);
    this.cursors.set(userId, { userId, deliveredSeq: delivered, readSeq: read });
  }

  send(message: SendMessage): Entry {
    const known = this.log.find(({ clientMessageId }) => clientMessageId === message.clientMessageId);
    if (known) return known;
    const entry = this.append(anna, message.clientMessageId, message.body, message.clientTimeMs);
    return message.header ? this.#change({ ...entry, header: message.header }) : entry;
  }

  /** The answer to ChangeConversation. */
  changed({ kind, header, ...message }: ChangeConversation): Entry {
    const known = this.log.find(({ clientMessageId }) => clientMessageId === message.clientMessageId);
    return known ?? this.#change({ ...this.send(message), kind, header });
  }

  /** Everything the server says to a Hello, in order. */
  welcome(id: number, hello: Hello): ServerFrame[] {
    const limits = { ...DEFAULT_LIMITS, pageEntriesMax: this.pageSize };
    const session = {
      protocolVersion: 1,
      features: [...this.features],
      sessionId: 's',
      userId: anna,
      deviceId: 'd',
      serverTimeMs: 0,
      limits,
      resumed: false,
    };
    const frames = [replyFrame(id, { case: 'welcome', value: session })];
    const position = hello.holdings?.positions.find(
      (stated) => stated.conversationHash === conversationHash(conversationId),
    );
    if (position) this.advance(anna, { deliveredSeq: position.seq, readSeq: position.readSeq });
    const state = this.state();
    const sum = state.cursors.reduce((total, cursor) => total + cursor.deliveredSeq + cursor.readSeq, 0);
    const same = position && position.seq === state.lastSeq && position.cursorSum === sum;
    if (state.lastSeq > 0 && !same) {
      const entries = this.log.slice(position?.seq ?? 0).slice(-this.pageSize);
      frames.push(pushFrame({ case: 'conversationUpdate', value: { state, entries } }));
    }
    frames.push(pushFrame({ case: 'synced', value: { userSeq: hello.holdings?.userSeq ?? 0, serverTimeMs: 0 } }));
    return frames;
  }

  /** The answer to a command; none for a statement. */
  answer({ id, body }: Command): ServerFrame[] {
    switch (body?.case) {
      case 'hello':
        return this.welcome(id, body.value);
      case 'ping':
        return [replyFrame(id, { case: 'pong', value: { serverTimeMs: 0, differs: false } })];
      case 'sendMessage': {
        const { seq, serverTimeMs } = this.send(body.value);
        return [replyFrame(id, { case: 'messageSent', value: { conversationId, seq, serverTimeMs } })];
      }
      case 'changeConversation': {
        const { seq, serverTimeMs } = this.changed(body.value);
        return [replyFrame(id, { case: 'messageSent', value: { conversationId, seq, serverTimeMs } })];
      }
      case 'fetchChanges': {
        const { targetSeq, afterSeq, limit } = body.value;
        const about = this.log.filter((entry) => targetOf(entry) === targetSeq && entry.seq > afterSeq);
        const value = { conversationId, entries: about.slice(0, limit), lastSeq: this.log.length, changes: [] };
        return [replyFrame(id, { case: 'entryPage', value })];
      }
      case 'advanceCursor':
        this.advance(anna, body.value);
        return [];
      case 'fetchEntries': {
        const { afterSeq, beforeSeq, limit } = body.value;
        const found = this.log.filter(({ seq }) => seq > afterSeq && (beforeSeq === 0 || seq < beforeSeq));
        const size = Math.min(limit, this.pageSize);
        const entries = beforeSeq === 0 ? found.slice(0, size) : found.slice(-size);
        const value = { conversationId, entries, lastSeq: this.log.length, changes: this.changesOf(entries) };
        return [replyFrame(id, { case: 'entryPage', value })];
      }
      case 'fetchConversation': {
        const value = { state: this.state(), entries: this.log.slice(-this.pageSize) };
        return [replyFrame(id, { case: 'conversationUpdate', value })];
      }
      case 'fetchUserEvents':
        return [replyFrame(id, { case: 'userEventPage', value: { events: [], lastSeq: body.value.afterSeq } })];
      case 'watch':
      case 'stateDevice':
        return [replyFrame(id, { case: 'done', value: {} })];
      case 'statePositions':
      case 'synchronise':
      case 'setRecord':
      case 'typing':
      case 'fetchMembers':
      case 'fetchReceiptCounts':
      case 'fetchReceivers':
      case 'search':
      case undefined:
        return [];
    }
  }

  refuse({ id }: Command, code: ErrorCode, retryAfterMs = 0): ServerFrame[] {
    return [replyFrame(id, { case: 'error', value: { code, message: '', retryAfterMs } })];
  }
}
