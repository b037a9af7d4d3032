import { type FailureReason, failureKind } from '@hongyan/sdk';

const KEYS = {
  'too-long': 'state.reasonTooLong',
  forbidden: 'state.reasonForbidden',
  'not-found': 'state.reasonNotFound',
  'not-accepted': 'state.reasonNotAccepted',
  muted: 'state.reasonMuted',
  'too-late': 'state.reasonTooLate',
  'no-answer': 'state.reasonNoAnswer',
  busy: 'state.reasonBusy',
  other: 'state.reasonOther',
} as const;

/** The key of the text for why a message failed. */
export const failureKey = (reason: FailureReason) => KEYS[failureKind(reason)];
