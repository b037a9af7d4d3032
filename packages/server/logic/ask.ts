import type { Clock } from '@hongyan/core';
import { decodeServerFrame, ErrorCode, ProtocolError, type Reply } from '@hongyan/protocol';
import type { Caller } from './caller.ts';
import type { LogicCommandBody } from './commands.ts';
import type { Logic } from './logic.ts';

export type Answer = NonNullable<Reply['body']>;

/** Who waits is told after this time that the outcome is unknown. */
const DEADLINE_MS = 10_000;

/**
 * Has logic carry out a command for somebody who has no session. Rejects with what it fails with; with ProtocolError
 * DEADLINE_EXCEEDED when it takes longer than 10 s: the outcome is then unknown.
 */
export function ask(
  { logic, clock }: { logic: Logic; clock: Clock },
  { userId, deviceId = '' }: Pick<Caller, 'userId'> & Partial<Pick<Caller, 'deviceId'>>,
  body: LogicCommandBody,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const deadlineMs = clock.now() + DEADLINE_MS;
  let isOver = false;
  const end = () => {
    isOver = true;
    cancel();
  };
  const cancel = clock.schedule(DEADLINE_MS, () => {
    isOver = true;
    reject(new ProtocolError(ErrorCode.DEADLINE_EXCEEDED, 'it took too long'));
  });
  const outcome = {
    deadlineMs,
    get isAwaited() {
      return !isOver;
    },
    get isOverdue() {
      return isOver;
    },
    done(frame: Uint8Array | undefined) {
      end();
      const answered = frame && answerIn(frame);
      if (answered === undefined) reject(new Error('logic answered a command with nothing'));
      else resolve(answered);
    },
    failed(error: unknown) {
      end();
      reject(error);
    },
  };
  logic.run({ userId, deviceId, sessionId: '' }, { id: 1, body }, outcome);
  return promise;
}

function answerIn(bytes: Uint8Array): Answer | undefined {
  const { frame } = decodeServerFrame(bytes);
  return frame?.case === 'reply' ? frame.value.body : undefined;
}
