import { type FailureReason, failureReason } from '../failures.ts';
import type { MessageState } from '../types.ts';
import { RESEND_BOUNDS } from './limits.ts';
import { mayTryAgain, NO_TRIES, type Tries, tried } from './tries.ts';

/** Where a message is on its way into the log. `accepted`: the server has it, the entries before it are not here yet. */
export type Progress =
  | { readonly name: 'queued'; readonly tries: Tries }
  | { readonly name: 'sending'; readonly tries: Tries }
  | { readonly name: 'accepted'; readonly seq: number; readonly serverTimeMs: number }
  | { readonly name: 'failed'; readonly reason: FailureReason };

/** A try ended and the outcome is unknown. `liveMs` is now, `pauseMs` how long the next try would have to wait. */
interface Unsettled {
  reason: FailureReason;
  liveMs: number;
  pauseMs: number;
}

/** What can happen to a message. */
export type OutboxEvent =
  | { type: 'composed' }
  | { type: 'sent'; liveMs: number }
  /** MessageSent, to this client or to another one on the same store. */
  | { type: 'accepted'; seq: number; serverTimeMs: number }
  /** An error of class *later*. */
  | ({ type: 'refusedForNow' } & Unsettled)
  /** Any other error, or the device's own check of the limits. */
  | { type: 'refusedForGood'; reason: FailureReason }
  /** Also when the answer did not come in time: the connection is then given up. */
  | ({ type: 'connectionLost' } & Unsettled)
  | { type: 'entryCame' }
  | { type: 'retried' }
  | { type: 'discarded' }
  /** SYN-7: the server lost its log, and with it what it had accepted. */
  | { type: 'logDropped' }
  | { type: 'leadershipLost' }
  /** Another client on the same store has written a newer record of it; `failure` as in the record. */
  | { type: 'storedElsewhere'; failure: string | undefined };

const QUEUED: Progress = { name: 'queued', tries: NO_TRIES };

/**
 * The outbox's state machine: what becomes of a message, undefined when it is not in the outbox (any more). The rows are
 * what happens, the columns where it happens to the message; a dot changes nothing.
 *
 * |                                  | absent        | queued   | sending         | accepted | failed   |
 * |----------------------------------|---------------|----------|-----------------|----------|----------|
 * | composed                         | queued        | ·        | ·               | ·        | ·        |
 * | sent on the wire                 | ·             | sending  | ·               | ·        | ·        |
 * | accepted (MessageSent)           | ·             | accepted | accepted        | accepted | accepted |
 * | refused for now (class *later*)  | ·             | ·        | queued / failed | ·        | ·        |
 * | refused for good                 | ·             | failed   | failed          | ·        | ·        |
 * | connection lost, unanswered      | ·             | ·        | queued / failed | ·        | ·        |
 * | own entry came                   | ·             | absent   | absent          | absent   | absent   |
 * | retried by the person            | ·             | ·        | ·               | ·        | queued   |
 * | discarded by the person          | ·             | absent   | ·               | ·        | absent   |
 * | log dropped                      | ·             | ·        | ·               | queued   | ·        |
 * | leadership lost                  | ·             | ·        | queued          | ·        | ·        |
 * | stored elsewhere                 | queued/failed | as there | ·               | ·        | as there |
 *
 * A restart is `restored(failureOf(state))`: queued, or failed when it was. *queued / failed* is decided by
 * OUT-5: failed when the next try would be one too many or come too late. A connection that becomes live changes nothing by
 * itself: of each conversation the first message that is queued is then sent (OUT-2), an event of its own. What cannot happen (an answer to what was never sent) is written down too, so that a server
 * or another tab that says it does no harm.
 */
export function step(progress: Progress | undefined, event: OutboxEvent): Progress | undefined {
  switch (event.type) {
    case 'composed':
      return progress ?? QUEUED;
    case 'sent':
      return progress?.name === 'queued' ? { name: 'sending', tries: tried(progress.tries, event.liveMs) } : progress;
    case 'accepted':
      return progress && { name: 'accepted', seq: event.seq, serverTimeMs: event.serverTimeMs };
    case 'refusedForNow':
    case 'connectionLost':
      return progress?.name === 'sending' ? unsettled(progress.tries, event) : progress;
    case 'refusedForGood':
      return isOpen(progress) ? { name: 'failed', reason: event.reason } : progress;
    case 'entryCame':
      return undefined;
    case 'retried':
      return progress?.name === 'failed' ? QUEUED : progress;
    case 'discarded':
      return progress?.name === 'queued' || progress?.name === 'failed' ? undefined : progress;
    case 'logDropped':
      return progress?.name === 'accepted' ? QUEUED : progress;
    case 'leadershipLost':
      return progress?.name === 'sending' ? { name: 'queued', tries: progress.tries } : progress;
    case 'storedElsewhere':
      if (progress?.name === 'sending' || progress?.name === 'accepted') return progress;
      return restored(event.failure);
  }
}

/** The `failure` a record in the store carries: all that a restart leaves of the state. */
export const failureOf = (progress: Progress): string | undefined =>
  progress.name === 'failed' ? progress.reason : undefined;

/** The state of a message after a restart. Its tries are counted anew (OUT-5). */
export const restored = (failure: string | undefined): Progress =>
  failure === undefined ? QUEUED : { name: 'failed', reason: failureReason(failure) };

/** OUT-5. */
function unsettled(tries: Tries, { reason, liveMs, pauseMs }: Unsettled): Progress {
  return mayTryAgain(tries, RESEND_BOUNDS, liveMs + pauseMs) ? { name: 'queued', tries } : { name: 'failed', reason };
}

/** On its way, without an answer. */
function isOpen(progress: Progress | undefined): progress is Extract<Progress, { name: 'queued' | 'sending' }> {
  return progress?.name === 'queued' || progress?.name === 'sending';
}

const SHOWN = { queued: { name: 'queued' }, sending: { name: 'sending' }, accepted: { name: 'sent' } } as const;

/** What a sender is shown of a message on its way. */
export function shownState(progress: Progress): MessageState {
  return progress.name === 'failed' ? progress : SHOWN[progress.name];
}
