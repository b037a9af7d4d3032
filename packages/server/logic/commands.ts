import type { Conversation, Store } from '@hongyan/core';
import { type Command, ErrorCode, encodeReply, type MessageSent, ProtocolError, type Reply } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import { changeConversation } from './changing.ts';
import { formerMember, runAsFormer } from './former.ts';
import type { Gate } from './gate.ts';
import { fetchChanges, fetchConversation, fetchEntries, fetchUserEvents } from './history.ts';
import { fetchMembers } from './members.ts';
import type { Outcome } from './outcome.ts';
import type { Receipts } from './receipts.ts';
import { fetchReceiptCounts, fetchReceivers } from './receivers.ts';
import { type RecordParts, setRecord } from './records.ts';
import { search } from './search.ts';
import { sendMessage } from './sending.ts';

type Body = NonNullable<Command['body']>;
type Answer = NonNullable<Reply['body']>;

/** What a command asks of logic; the others concern the session alone, or its being brought up to date. */
export type ConversationCommandBody = Exclude<LogicCommandBody, { case: 'fetchUserEvents' | 'setRecord' | 'search' }>;
type AppendingBody = Extract<ConversationCommandBody, { case: 'sendMessage' | 'changeConversation' }>;
export type LogicCommandBody = Exclude<
  Body,
  { case: 'hello' | 'ping' | 'statePositions' | 'synchronise' | 'watch' | 'stateDevice' | 'typing' }
>;

/** A command as its client numbered it. */
export interface LogicCommand {
  /** 0: no answer is asked for. */
  readonly id: number;
  readonly body: LogicCommandBody;
}

export interface CommandParts extends RecordParts {
  receipts: Receipts;
  /** Bounds how many search at once. */
  searches: Gate;
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
      case 'search': {
        const isWanted = () => outcome.isAwaited;
        result.settle(
          this.#parts.searches.run(caller.userId, () => search(this.#parts, caller.userId, body.value), isWanted),
          (value) => ({ case: 'searchPage', value }),
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
        .catch((error) => this.#refused(caller, body, result, error));
    } catch (error) {
      this.#refused(caller, body, result, error);
    }
  }

  #runOpened(caller: Caller, conversation: Conversation, body: ConversationCommandBody, result: Result): void {
    const { store, limits, receipts } = this.#parts;
    const { userId } = caller;
    const readable = { conversationId: conversation.id, lastSeq: conversation.lastSeq };
    switch (body.case) {
      case 'sendMessage':
        this.#append(caller, body, sendMessage(this.#parts, caller, conversation, body.value), result);
        return;
      case 'changeConversation':
        this.#append(caller, body, changeConversation(this.#parts, caller, conversation, body.value), result);
        return;
      case 'advanceCursor': {
        const advancing = receipts.advance(caller, conversation, body.value);
        if (advancing === undefined) result.done(DONE);
        else result.settle(advancing, () => DONE);
        return;
      }
      case 'fetchEntries':
        this.#read(caller, result, async () => {
          return { case: 'entryPage', value: await fetchEntries(store, limits, readable, userId, body.value) };
        });
        return;
      case 'fetchChanges':
        this.#read(caller, result, async () => {
          return { case: 'entryPage', value: await fetchChanges(store, limits, readable, userId, body.value) };
        });
        return;
      case 'fetchMembers':
        this.#read(caller, result, async () => {
          return { case: 'memberPage', value: await fetchMembers(store, limits, userId, body.value) };
        });
        return;
      case 'fetchReceiptCounts':
        this.#read(caller, result, async () => {
          return { case: 'receiptCounts', value: await fetchReceiptCounts(store, conversation, userId, body.value) };
        });
        return;
      case 'fetchReceivers':
        this.#read(caller, result, async () => {
          const value = await fetchReceivers(store, limits, conversation, userId, body.value);
          return { case: 'receivers', value };
        });
        return;
      case 'fetchConversation':
        this.#read(caller, result, async () => {
          const value = await fetchConversation(this.#parts, conversation, userId, body.value.limit);
          if (value !== undefined) return { case: 'conversationUpdate', value };
          const answer = await this.#formerAnswer(caller, body, notAMember);
          if (answer === undefined) throw notAMember;
          return answer;
        });
        return;
    }
  }

  #read({ userId }: Caller, result: Result, answer: () => Promise<Answer>): void {
    const isWanted = () => result.outcome.isAwaited;
    result.settle(this.#parts.reads.run(userId, answer, isWanted), (value) => value);
  }

  #append(caller: Caller, body: AppendingBody, appending: Promise<MessageSent>, result: Result): void {
    appending.then(
      (value) => result.done({ case: 'messageSent', value }),
      (error) => this.#refused(caller, body, result, error),
    );
  }

  /**
   * What is refused may have been done before, and its answer lost (LOG-2); and who is no member may have been one. Nothing
   * else is asked of the store for it.
   */
  #refused(caller: Caller, body: ConversationCommandBody, result: Result, error: unknown): void {
    if (!(error instanceof ProtocolError) || !isFinal(error)) {
      result.outcome.failed(error);
      return;
    }
    this.#read(caller, result, async () => {
      const answer = isAppending(body)
        ? await firstAnswer(this.#parts.store, caller, body.value.clientMessageId)
        : await this.#formerAnswer(caller, body, error);
      if (answer === undefined) throw error;
      return answer;
    });
  }

  async #formerAnswer(
    caller: Caller,
    body: ConversationCommandBody,
    { code }: ProtocolError,
  ): Promise<Answer | undefined> {
    if (code !== ErrorCode.FORBIDDEN) return undefined;
    const member = await formerMember(this.#parts.store, body.value.conversationId, caller.userId);
    return member && runAsFormer(this.#parts, caller, member, body);
  }
}

/** What memory did not know yet. */
const notAMember = new ProtocolError(ErrorCode.FORBIDDEN, 'not a member of this conversation');

/** Whether asking again gets the same refusal. */
const isFinal = ({ code }: ProtocolError): boolean => code < ErrorCode.UNAVAILABLE;

const isAppending = (body: ConversationCommandBody): body is AppendingBody =>
  body.case === 'sendMessage' || body.case === 'changeConversation';

async function firstAnswer({ log }: Store, { userId }: Caller, clientMessageId: string): Promise<Answer | undefined> {
  const first = await log.sent(userId, clientMessageId);
  if (first === undefined) return undefined;
  const { conversationId, seq, serverTimeMs } = first;
  return { case: 'messageSent', value: { conversationId, seq, serverTimeMs } };
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
