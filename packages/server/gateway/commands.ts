import type { Conversation } from '@hongyan/core';
import { type Command, NO_HOLDINGS, type Ping, type Reply } from '@hongyan/protocol';
import type { Caller, Logic } from '../logic/index.ts';
import type { Heartbeat } from './session-heartbeat.ts';
import type { SessionSync } from './session-sync.ts';

export type CommandBody = Exclude<NonNullable<Command['body']>, { case: 'hello' }>;
type Answer = NonNullable<Reply['body']>;

/** The session that a command came over. */
export interface LiveSession {
  readonly caller: Caller;
  readonly sync: SessionSync;
  readonly heartbeat: Heartbeat;
}

/** Takes a command's one result. */
export interface Outcome {
  /** Whether anybody still waits for it: neither the deadline has passed nor the connection ended. */
  readonly isAwaited: boolean;
  done(body: Answer): void;
  failed(error: unknown): void;
}

const DONE: Answer = { case: 'done', value: {} };

/**
 * Carries a command out and reports its one outcome. Answers undefined when it was admitted at once, else a promise that
 * resolves (never rejects) as soon as later commands may start.
 */
export function runCommand(
  logic: Logic,
  session: LiveSession,
  body: CommandBody,
  outcome: Outcome,
): Promise<void> | undefined {
  const { caller, sync } = session;
  switch (body.case) {
    case 'ping':
      runPing(logic, session, body.value, outcome);
      return undefined;
    case 'statePositions':
      settle(sync.positionsStated(body.value.positions), () => DONE, outcome);
      return undefined;
    case 'synchronise':
      settle(sync.run(body.value.holdings ?? NO_HOLDINGS), () => DONE, outcome);
      return undefined;
    case 'fetchUserEvents':
      settle(
        logic.fetchUserEvents(caller, body.value, () => outcome.isAwaited),
        (value) => ({ case: 'userEventPage', value }),
        outcome,
      );
      return undefined;
    case 'setRecord':
      settle(logic.setRecord(caller, body.value), () => DONE, outcome);
      return undefined;
    case 'sendMessage':
    case 'advanceCursor':
    case 'fetchEntries':
    case 'fetchConversation':
      return runInConversation(logic, caller, body, outcome);
  }
}

type ConversationCommand = Exclude<
  CommandBody,
  { case: 'ping' | 'fetchUserEvents' | 'statePositions' | 'synchronise' | 'setRecord' }
>;

/** A comparison that fails is none: the answer is a sign of life in the first place. */
function runPing(logic: Logic, { caller, heartbeat }: LiveSession, ping: Ping, outcome: Outcome): void {
  heartbeat.announce(ping.nextWithinMs);
  const answer = (differs: boolean): Answer => ({
    case: 'pong',
    value: { serverTimeMs: heartbeat.heardMs, differs },
  });
  if (!ping.compare) outcome.done(answer(false));
  else
    void logic.differs(caller, ping).then(
      (differs) => outcome.done(answer(differs)),
      () => outcome.done(answer(false)),
    );
}

function runInConversation(
  logic: Logic,
  caller: Caller,
  body: ConversationCommand,
  outcome: Outcome,
): Promise<void> | undefined {
  try {
    const opened = logic.open(body.value.conversationId, caller.userId);
    if (!(opened instanceof Promise)) {
      runOpened(logic, caller, opened, body, outcome);
      return undefined;
    }
    return opened
      .then((conversation) => runOpened(logic, caller, conversation, body, outcome))
      .catch((error) => outcome.failed(error));
  } catch (error) {
    outcome.failed(error);
    return undefined;
  }
}

function runOpened(
  logic: Logic,
  caller: Caller,
  conversation: Conversation,
  body: ConversationCommand,
  outcome: Outcome,
): void {
  switch (body.case) {
    case 'sendMessage':
      settle(logic.sendMessage(caller, conversation, body.value), (value) => ({ case: 'messageSent', value }), outcome);
      return;
    case 'advanceCursor': {
      const advancing = logic.advanceCursor(caller, conversation, body.value);
      if (advancing === undefined) outcome.done(DONE);
      else settle(advancing, () => DONE, outcome);
      return;
    }
    case 'fetchEntries':
      settle(
        logic.fetchEntries(caller, conversation, body.value, () => outcome.isAwaited),
        (value) => ({ case: 'entryPage', value }),
        outcome,
      );
      return;
    case 'fetchConversation':
      settle(
        logic.fetchConversation(caller, conversation, body.value, () => outcome.isAwaited),
        (value) => ({ case: 'conversationUpdate', value }),
        outcome,
      );
      return;
  }
}

function settle<T>(promise: Promise<T>, answer: (value: T) => Answer, outcome: Outcome): void {
  promise.then(
    (value) => outcome.done(answer(value)),
    (error) => outcome.failed(error),
  );
}
