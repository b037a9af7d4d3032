import {
  type Command,
  ConversationKind,
  type ConversationState,
  type Cursor,
  conversationHash,
  DEFAULT_LIMITS,
  type Entry,
  EntryKind,
  type ErrorCode,
  encodeText,
  type Feature,
  type Hello,
  type Push,
  type Reply,
  type SendMessage,
  type ServerFrame,
} from '@hongyan/protocol';

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
  /** Entries per page, small so that tests need several. */
  pageSize = 3;

  append(senderId: string, clientMessageId: string, body = textBody(clientMessageId), clientTimeMs?: number): Entry {
    const seq = this.log.length + 1;
    const times = { clientTimeMs: clientTimeMs ?? seq, serverTimeMs: seq };
    const entry = { conversationId, seq, kind: EntryKind.MESSAGE, senderId, clientMessageId, body, ...times };
    this.log.push(entry);
    return entry;
  }

  state(userId = anna): ConversationState {
    const readSeq = this.cursors.get(userId)?.readSeq ?? 0;
    const unread = this.log.filter((entry) => entry.senderId !== userId && entry.seq > readSeq);
    return {
      conversationId,
      kind: ConversationKind.DIRECT,
      lastSeq: this.log.length,
      cursors: [...this.cursors.values()],
      unreadCount: unread.length,
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
    return known ?? this.append(anna, message.clientMessageId, message.body, message.clientTimeMs);
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
      case 'advanceCursor':
        this.advance(anna, body.value);
        return [];
      case 'fetchEntries': {
        const { afterSeq, beforeSeq, limit } = body.value;
        const found = this.log.filter(({ seq }) => seq > afterSeq && (beforeSeq === 0 || seq < beforeSeq));
        const size = Math.min(limit, this.pageSize);
        const entries = beforeSeq === 0 ? found.slice(0, size) : found.slice(-size);
        return [replyFrame(id, { case: 'entryPage', value: { conversationId, entries, lastSeq: this.log.length } })];
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
      case undefined:
        return [];
    }
  }

  refuse({ id }: Command, code: ErrorCode, retryAfterMs = 0): ServerFrame[] {
    return [replyFrame(id, { case: 'error', value: { code, message: '', retryAfterMs } })];
  }
}
