import type { Clock } from '@hongyan/core';
import { conversationHash, idHash } from '@hongyan/protocol';
import type { Answer, Request, Sight } from '@hongyan/protocol/cluster';
import type { Caller, Logic, LogicCommand, Outcome } from '../logic/index.ts';
import { failure } from './failure.ts';
import { isOrdered } from './logic-commands.ts';
import type { Relay } from './relay.ts';
import { RelayedSync } from './relayed-sync.ts';

const COMPARISON_DEADLINE_MS = 10_000;
const SEE_DEADLINE_MS = 10_000;
/** It may wait for its turn, and for the device to say what it holds. */
const SYNC_DEADLINE_MS = 60_000;
/** A command whose client was told that it took too long still counts for so long, or until its result is there (LOD-4). */
const OVERDUE_MS = 30_000;
const LOW_RANGE = 0x1_0000_0000;

type AnswerBody = NonNullable<Answer['body']>;

/** Logic that runs on other nodes. */
export function createRelayedLogic(relay: Relay, clock: Clock): Logic {
  const within = (ms: number) => ({ deadlineMs: clock.now() + ms, givenUpMs: clock.now() + ms });
  return {
    run(caller, command, outcome) {
      relay.ask({
        key: keyOf(caller, command),
        isOrdered: isOrdered(command.body),
        request: { caller, body: { case: 'command', value: command } },
        deadlineMs: outcome.deadlineMs,
        givenUpMs: outcome.deadlineMs + OVERDUE_MS,
        statedBy: command.body.case === 'advanceCursor' ? caller.sessionId : '',
        answered: (body) => settle(outcome, body),
        failed: (error) => outcome.failed(error),
      });
    },
    synchronise(caller, holdings, target) {
      const { promise, resolve, reject } = Promise.withResolvers<{ userSeq: number } | undefined>();
      const sync = new RelayedSync({ relay, caller, target, resolve, reject });
      sync.id = relay.ask({
        ...unordered(caller, { case: 'synchronise', value: holdings }),
        ...within(SYNC_DEADLINE_MS),
        statedBy: caller.sessionId,
        answered: (body) => sync.answered(body),
        failed: reject,
      });
      return promise;
    },
    differs(caller, { userSeq, digest }) {
      const { promise, resolve, reject } = Promise.withResolvers<boolean>();
      const ping = { userSeq, digest, compare: true, nextWithinMs: 0 };
      relay.ask({
        ...unordered(caller, { case: 'compare', value: ping }),
        ...within(COMPARISON_DEADLINE_MS),
        statedBy: '',
        answered(body) {
          if (body.case === 'error') reject(failure(body.value));
          else resolve(body.case === 'differs' && body.value);
          return true;
        },
        failed: reject,
      });
      return promise;
    },
    see(caller, watch) {
      const { promise, resolve, reject } = Promise.withResolvers<Sight>();
      relay.ask({
        ...unordered(caller, { case: 'see', value: watch }),
        ...within(SEE_DEADLINE_MS),
        statedBy: '',
        answered(body) {
          if (body.case === 'sight') resolve(body.value);
          else reject(body.case === 'error' ? failure(body.value) : new Error(`logic answered ${body.case}`));
          return true;
        },
        failed: reject,
      });
      return promise;
    },
    left(userIds, seenMs) {
      const [someone] = userIds;
      if (someone === undefined) return;
      relay.ask({
        key: idHash(someone),
        isOrdered: false,
        request: { caller: undefined, body: { case: 'left', value: { userIds: [...userIds], seenMs } } },
        ...within(COMPARISON_DEADLINE_MS),
        statedBy: '',
        answered: () => true,
        failed: () => undefined,
      });
    },
    restate(caller, positions) {
      if (positions.length === 0) return;
      relay.ask({
        ...unordered(caller, { case: 'restate', value: { positions: [...positions] } }),
        ...within(COMPARISON_DEADLINE_MS),
        statedBy: caller.sessionId,
        answered: () => true,
        failed: () => undefined,
      });
    },
  };
}

const unordered = (caller: Caller, body: NonNullable<Request['body']>) => ({
  key: idHash(caller.userId),
  isOrdered: false,
  request: { caller, body },
});

/** What concerns a conversation goes where its state is; the rest where the account's is. */
function keyOf({ userId }: Caller, { body }: LogicCommand): number {
  switch (body.case) {
    case 'fetchUserEvents':
    case 'setRecord':
    case 'search':
      return idHash(userId);
    default:
      return conversationHash(body.value.conversationId) % LOW_RANGE;
  }
}

function settle(outcome: Outcome, body: AnswerBody): true {
  if (body.case === 'error') outcome.failed(failure(body.value));
  else if (body.case === 'reply') outcome.done(body.value.length === 0 ? undefined : body.value);
  else outcome.failed(new Error(`logic answered a command with ${body.case}`));
  return true;
}
