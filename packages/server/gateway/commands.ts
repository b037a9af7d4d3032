import { type Command, encodeReply, NO_HOLDINGS, type Ping } from '@hongyan/protocol';
import type { Caller, Logic, Outcome } from '../logic/index.ts';
import type { Heartbeat } from './session-heartbeat.ts';
import type { SessionSync } from './session-sync.ts';

export type CommandBody = Exclude<NonNullable<Command['body']>, { case: 'hello' }>;

/** The session that a command came over. */
export interface LiveSession {
  readonly caller: Caller;
  readonly sync: SessionSync;
  readonly heartbeat: Heartbeat;
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
    default:
      logic.run(caller, { id, body }, outcome);
  }
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
