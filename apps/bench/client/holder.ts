import {
  type ConversationState,
  type ConversationUpdate,
  conversationHash,
  type Holdings,
  NO_HOLDINGS,
  type Position,
  type Push,
} from '@hongyan/protocol';
import type { SessionListener } from './session.ts';

/** A device that only listens: it holds what it is told and states it when it comes back. */
export class Holder implements Omit<SessionListener, 'onEnd'> {
  readonly #userId: string;
  readonly #positions = new Map<string, Position>();
  #userSeq = 0;
  #updates = 0;

  constructor(userId: string) {
    this.#userId = userId;
  }

  /** Conversations that it was brought up to date on so far. */
  get updates(): number {
    return this.#updates;
  }

  holdings(): Holdings {
    return { ...NO_HOLDINGS, userSeq: this.#userSeq, positions: [...this.#positions.values()] };
  }

  onReply(): void {}

  onPush({ body }: Push): void {
    switch (body?.case) {
      case 'conversationUpdate':
        this.#hold(body.value);
        return;
      case 'userEvent':
        this.#userSeq = Math.max(this.#userSeq, body.value.seq);
        return;
    }
  }

  onChunkEnd(): void {}

  #hold({ state }: ConversationUpdate): void {
    if (state === undefined) return;
    this.#updates += 1;
    this.#positions.set(state.conversationId, positionOf(state, this.#userId));
  }
}

function positionOf({ conversationId, lastSeq, cursors }: ConversationState, userId: string): Position {
  return {
    conversationHash: conversationHash(conversationId),
    seq: lastSeq,
    readSeq: cursors.find((cursor) => cursor.userId === userId)?.readSeq ?? 0,
    cursorSum: cursors.reduce((sum, { deliveredSeq, readSeq }) => sum + deliveredSeq + readSeq, 0),
  };
}
