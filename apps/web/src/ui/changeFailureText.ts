import { type ChangeFailure, type FailureReason, failureKind } from '@hongyan/sdk';

const KEYS = {
  edit: 'actions.editFailed',
  recall: 'actions.recallFailed',
  reaction: 'actions.reactionFailed',
  conversation: 'actions.conversationFailed',
} as const;

const REASONS = {
  'too-long': 'actions.tooLong',
  forbidden: 'actions.forbidden',
  'not-found': 'actions.notFound',
  'not-accepted': 'actions.notAccepted',
  muted: 'actions.muted',
  'too-late': 'actions.tooLate',
  'no-answer': 'actions.noAnswer',
  busy: 'actions.busy',
  other: 'actions.other',
} as const;

/** The key of the text that a change was not taken; `reason` is to be filled in. */
export const changeFailureKey = (kind: ChangeFailure['kind']) => KEYS[kind];

export const changeReasonKey = (reason: FailureReason) => REASONS[failureKind(reason)];
