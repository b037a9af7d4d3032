import { type Command, ErrorCode, encodeReply, NO_HOLDINGS, type Ping, ProtocolError } from '@hongyan/protocol';
import type { Caller, Logic, Outcome } from '../logic/index.ts';
import type { Presence } from './presence/presence.ts';
import type { Heartbeat } from './session-heartbeat.ts';
import type { SessionStream } from './session-stream.ts';
import type { SessionSync } from './session-sync.ts';

export type CommandBody = Exclude<NonNullable<Command['body']>, { case: 'hello' }>;

/** The session that a command came over. */
export interface LiveSession {
  readonly caller: Caller;
  readonly sync: SessionSync;
  readonly heartbeat: Heartbeat;
  readonly stream: SessionStream;
  /** Undefined where the client does not know of it (FEATURE_PRESENCE). */
  readonly presence: Presence | undefined;
  /** Whether the device holds anything but what the account has; false also when nobody could look. Never rejects. */
  differs(ping: Ping): Promise<boolean>;
}

/** Carries a command out: what concerns the session here, and all else by logic. */
export function runCommand(
  logic: Logic,
  session: LiveSession,
  { id, body }: { readonly id: number; readonly body: CommandBody },
  outcome: Outcome,
): void {
  const { caller, sync } = session;
  switch (body.case) {
    case 'ping':
      runPing(session, id, body.value, outcome);
      return;
    case 'statePositions':
      finish(sync.positionsStated(body.value.positions), id, outcome);
      return;
    case 'synchronise':
      finish(sync.run(body.value.holdings ?? NO_HOLDINGS), id, outcome);
      return;
    case 'watch':
    case 'stateDevice':
    case 'typing':
      runSignal(session, id, body, outcome);
      return;
    default:
      logic.run(caller, { id, body }, outcome);
  }
}

type SignalBody = Extract<CommandBody, { case: 'watch' | 'stateDevice' | 'typing' }>;

function runSignal({ presence, stream }: LiveSession, id: number, body: SignalBody, outcome: Outcome): void {
  if (presence === undefined) {
    outcome.failed(new ProtocolError(ErrorCode.OUT_OF_TURN, 'FEATURE_PRESENCE was not agreed'));
    return;
  }
  switch (body.case) {
    case 'watch':
      finish(presence.watch(stream, body.value), id, outcome);
      return;
    case 'stateDevice':
      presence.stateDevice(stream, body.value);
      break;
    case 'typing':
      try {
        presence.typing(stream, body.value);
      } catch (error) {
        outcome.failed(error);
        return;
      }
  }
  outcome.done(id === 0 ? undefined : encodeReply(id, { case: 'done', value: {} }));
}

function runPing(session: LiveSession, id: number, ping: Ping, outcome: Outcome): void {
  const { heartbeat } = session;
  heartbeat.announce(ping.nextWithinMs);
  const answer = (differs: boolean): void =>
    outcome.done(encodeReply(id, { case: 'pong', value: { serverTimeMs: heartbeat.heardMs, differs } }));
  if (!ping.compare) answer(false);
  else void session.differs(ping).then(answer);
}

function finish(promise: Promise<void>, id: number, outcome: Outcome): void {
  promise.then(
    () => outcome.done(encodeReply(id, { case: 'done', value: {} })),
    (error) => outcome.failed(error),
  );
}
