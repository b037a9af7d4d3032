import type { Conversation } from '@hongyan/core';
import { type Command, ErrorCode, encodeReply, ProtocolError, type Reply } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { Conversations } from './conversations.ts';
import type { Gate } from './gate.ts';
import { fetchConversation, fetchEntries, fetchUserEvents } from './history.ts';
import type { Outcome } from './outcome.ts';
import type { Receipts } from './receipts.ts';
import { type RecordParts, setRecord } from './records.ts';
import { sendMessage } from './sending.ts';

type Body = NonNullable<Command['body']>;
type Answer = NonNullable<Reply['body']>;

/** What a command asks of logic; the others concern the session alone, or its being brought up to date. */
export type LogicCommandBody = Exclude<
  Body,
  { case: 'hello' | 'ping' | 'statePositions' | 'synchronise' | 'watch' | 'stateDevice' | 'typing' }
>;
type ConversationCommandBody = Exclude<LogicCommandBody, { case: 'fetchUserEvents' | 'setRecord' }>;

/** A command as its client numbered it. */
export interface LogicCommand {
  /** 0: no answer is asked for. */
  readonly id: number;
  readonly body: LogicCommandBody;
}

export interface CommandParts extends RecordParts {
  conversations: Conversations;
  receipts: Receipts;
  reads: Gate;
}

const DONE: Answer = { case: 'done', value: {} };

/** Carries commands out, those of one conversation in the order in which they come. */
export class Commands {
  readonly #parts: CommandParts;

  constructor(parts: CommandParts) {
    this.#parts = parts;
  }

  run(caller: Caller, { id, body }: LogicCommand, outcome: Outcome): void {
    const result = new Result(id, outcome);
    switch (body.case) {
      case 'fetchUserEvents': {
        const { store, limits, reads } = this.#parts;
        const { userId } = caller;
        const isWanted = () => outcome.isAwaited;
        result.settle(
          reads.run(userId, () => fetchUserEvents(store, limits, userId, body.value), isWanted),
          (value) => ({ case: 'userEventPage', value }),
        );
        return;
      }
      case 'setRecord':
        result.settle(setRecord(this.#parts, caller, body.value), () => DONE);
        return;
      default:
        this.#open(caller, body, result);
    }
  }

  #open(caller: Caller, body: ConversationCommandBody, result: Result): void {
    try {
      const opened = this.#parts.conversations.open(body.value.conversationId, caller.userId);
      if (!(opened instanceof Promise)) {
        this.#runOpened(caller, opened, body, result);
        return;
      }
      opened
        .then((conversation) => {
          if (result.outcome.isOverdue) throw new ProtocolError(ErrorCode.DEADLINE_EXCEEDED, 'it took too long');
          this.#runOpened(caller, conversation, body, result);
        })
        .catch((error) => result.outcome.failed(error));
    } catch (error) {
      result.outcome.failed(error);
    }
  }

  #runOpened(caller: Caller, conversation: Conversation, body: ConversationCommandBody, result: Result): void {
    const { store, limits, reads, receipts } = this.#parts;
    const { userId } = caller;
    const isWanted = () => result.outcome.isAwaited;
    switch (body.case) {
      case 'sendMessage':
        result.settle(sendMessage(this.#parts, caller, conversation, body.value), (value) => ({
          case: 'messageSent',
          value,
        }));
        return;
      case 'advanceCursor': {
        const advancing = receipts.advance(caller, conversation, body.value);
        if (advancing === undefined) result.done(DONE);
        else result.settle(advancing, () => DONE);
        return;
      }
      case 'fetchEntries':
        result.settle(
          reads.run(userId, () => fetchEntries(store, limits, conversation, body.value), isWanted),
          (value) => ({ case: 'entryPage', value }),
        );
        return;
      case 'fetchConversation':
        result.settle(
          reads.run(userId, () => fetchConversation(store, limits, conversation, userId, body.value.limit), isWanted),
          (value) => ({ case: 'conversationUpdate', value }),
        );
        return;
    }
  }
}

/** Puts what comes of a command into the frame that says so. */
class Result {
  readonly outcome: Outcome;
  readonly #id: number;

  constructor(id: number, outcome: Outcome) {
    this.#id = id;
    this.outcome = outcome;
  }

  done(answer: Answer): void {
    this.outcome.done(this.#id === 0 ? undefined : encodeReply(this.#id, answer));
  }

  settle<T>(promise: Promise<T>, answer: (value: T) => Answer): void {
    promise.then(
      (value) => this.done(answer(value)),
      (error) => this.outcome.failed(error),
    );
  }
}
