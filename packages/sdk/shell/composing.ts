import {
  type ConversationId,
  EntryKind,
  encodeConversationChange,
  encodeReaction,
  mentionsIn,
  NO_HEADER,
  type UserId,
} from '@hongyan/protocol';
import type { EngineEvent, EngineQueries } from '../engine/types.ts';
import {
  type GroupChange,
  type Message,
  type Outgoing,
  SdkError,
  type SendHandle,
  type SendOptions,
} from '../types.ts';
import { newMessageId } from './new-ids.ts';
import { bodyOf, headerOf, isForwardable } from './outgoing.ts';
import type { SendHandles } from './send-handles.ts';

const NO_BYTES: Uint8Array = new Uint8Array(0);

export interface ComposingParts {
  engine: EngineQueries;
  dispatch: (event: EngineEvent) => void;
  handles: SendHandles;
  nameOf: (userId: UserId) => string;
  /** Throws SdkError `signed-out` when nobody is signed in. */
  requireMe: () => void;
}

/** What the person writes and changes: everything of it goes through the outbox. */
export class Composing {
  readonly #parts: ComposingParts;

  constructor(parts: ComposingParts) {
    this.#parts = parts;
  }

  send(conversationId: ConversationId, content: Outgoing, options: SendOptions = {}): SendHandle {
    const { replyToSeq = 0, lifetime = this.#lifetimeOf(conversationId) } = options;
    return this.#message(conversationId, bodyOf(content, { replyToSeq }), headerOf(content, lifetime));
  }

  forward(messages: readonly Message[], to: ConversationId, how: 'one-by-one' | 'merged', title = ''): SendHandle[] {
    const said = messages.filter(isForwardable);
    const header = headerOf({ kind: 'contact', userId: '' }, this.#lifetimeOf(to));
    if (how === 'one-by-one') {
      return said.map(({ content, originId, senderId }) =>
        this.#message(to, bodyOf(content, { replyToSeq: 0, origin: { senderId: originId ?? senderId } }), header),
      );
    }
    const bundled = said.map(({ senderId, timeMs, content }) => {
      return { senderId, senderName: this.#parts.nameOf(senderId), timeMs, content };
    });
    if (bundled.length === 0) return [];
    return [this.#message(to, bodyOf({ kind: 'bundle', title, messages: bundled }, { replyToSeq: 0 }), header)];
  }

  edit(message: Message, text: string): SendHandle {
    const origin = message.originId === undefined ? undefined : { senderId: message.originId };
    const body = bodyOf({ kind: 'text', text }, { replyToSeq: message.replyTo?.seq ?? 0, origin });
    return this.#change(message, EntryKind.EDIT, body, mentionsIn(text));
  }

  recall(message: Message): SendHandle {
    const written = this.#parts.engine.outbox().find(({ clientMessageId }) => clientMessageId === message.id);
    if (written?.state.name !== 'queued' && written?.state.name !== 'failed') {
      return this.#change(message, EntryKind.RECALL, NO_BYTES);
    }
    // Nobody has it yet.
    this.discard(message.id);
    return this.#parts.handles.done(message.id, message.conversationId);
  }

  react(message: Message, emoji: readonly string[]): SendHandle {
    return this.#change(message, EntryKind.REACTION, encodeReaction({ emoji: [...emoji] }));
  }

  pin({ conversationId, seq }: Message, pinned: boolean): SendHandle {
    if (seq === undefined) throw new SdkError('invalid-input', 'the message has no place yet');
    return this.change(conversationId, { case: pinned ? 'pinnedSeq' : 'unpinnedSeq', value: seq });
  }

  change(conversationId: ConversationId, change: GroupChange): SendHandle {
    const body = encodeConversationChange({ change });
    return this.#changed(conversationId, { kind: EntryKind.CONVERSATION_CHANGED, body });
  }

  discard(messageId: string): void {
    const { engine, dispatch, handles } = this.#parts;
    dispatch({ type: 'messageDiscarded', clientMessageId: messageId });
    if (!engine.outbox().some(({ clientMessageId }) => clientMessageId === messageId)) handles.discarded(messageId);
  }

  #message(conversationId: ConversationId, body: Uint8Array, header = NO_HEADER): SendHandle {
    const said = header === NO_HEADER ? { body } : { body, header };
    return this.#compose(conversationId, (clientMessageId) => ({
      ...{ type: 'messageComposed', conversationId, clientMessageId, ...said },
    }));
  }

  #change({ conversationId, seq, id }: Message, kind: EntryKind, body: Uint8Array, header = {}): SendHandle {
    const named = { ...NO_HEADER, ...header, targetSeq: seq ?? 0 };
    return this.#changed(conversationId, { kind, body, header: named, ...(seq === undefined && { targetId: id }) });
  }

  #changed(
    conversationId: ConversationId,
    change: Omit<Extract<EngineEvent, { type: 'changeComposed' }>, 'type' | 'conversationId' | 'clientMessageId'>,
  ): SendHandle {
    return this.#compose(conversationId, (clientMessageId) => ({
      ...{ type: 'changeComposed', conversationId, clientMessageId, ...change },
    }));
  }

  #compose(conversationId: ConversationId, event: (clientMessageId: string) => EngineEvent): SendHandle {
    const { engine, dispatch, handles, requireMe } = this.#parts;
    requireMe();
    const clientMessageId = newMessageId();
    const handle = handles.create(clientMessageId, conversationId);
    dispatch(event(clientMessageId));
    if (engine.messageState({ conversationId, clientMessageId, seq: undefined })) return handle;
    handles.discarded(clientMessageId);
    throw new SdkError('refused', 'the outbox is full, or there is nothing to change');
  }

  /** What is written in a conversation lives as long as that says. */
  #lifetimeOf(conversationId: ConversationId) {
    const ms = this.#parts.engine.conversations().find(({ id }) => id === conversationId)?.lifetimeMs;
    return ms ? ({ ms, from: 'sent' } as const) : undefined;
  }
}
