import { codeName, ErrorCode } from '@hongyan/protocol';

/**
 * Why something was not done: the name of the server's error code (spec/hongyan/v1/error.proto says what each means), `no-answer`
 * after the last try, or `unknown`: a code that this version does not know.
 */
export type FailureReason = Exclude<keyof typeof ErrorCode, 'UNSPECIFIED'> | 'no-answer' | 'unknown';

/** Why something failed, as far as a person can do something about it. */
export type FailureKind =
  | 'too-long'
  | 'forbidden'
  | 'not-found'
  | 'not-accepted'
  | 'muted'
  | 'too-late'
  | 'no-answer'
  | 'busy'
  | 'other';

/** The others are `other`. */
const KINDS: { [R in FailureReason]?: FailureKind } = {
  LIMIT_EXCEEDED: 'too-long',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  NOT_ACCEPTED: 'not-accepted',
  MUTED: 'muted',
  TOO_LATE: 'too-late',
  'no-answer': 'no-answer',
  DEADLINE_EXCEEDED: 'no-answer',
  UNAVAILABLE: 'busy',
  OVERLOADED: 'busy',
  RATE_LIMITED: 'busy',
  INTERNAL: 'busy',
};

/** What a reason comes down to. */
export const failureKind = (reason: FailureReason): FailureKind => KINDS[reason] ?? 'other';

/** What an outbox that another version wrote says, too. */
export const failureReason = (text: string): FailureReason =>
  text === 'no-answer' || (Object.hasOwn(ErrorCode, text) && text !== 'UNSPECIFIED')
    ? (text as FailureReason)
    : 'unknown';

/** Of an error of the server. */
export const reasonOf = (code: ErrorCode): FailureReason => failureReason(codeName(ErrorCode, code));
