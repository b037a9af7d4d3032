import { codeName, ErrorCode } from '@hongyan/protocol';

/**
 * Why something was not done: the name of the server's error code (spec/hongyan/v1/error.proto says what each means), `no-answer`
 * after the last try, or `unknown`: a code that this version does not know.
 */
export type FailureReason = Exclude<keyof typeof ErrorCode, 'UNSPECIFIED'> | 'no-answer' | 'unknown';

/** What an outbox that another version wrote says, too. */
export function failureReason(text: string): FailureReason {
  const isKnown = text === 'no-answer' || (Object.hasOwn(ErrorCode, text) && text !== 'UNSPECIFIED');
  return isKnown ? (text as FailureReason) : 'unknown';
}

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

/** Of an error of the server. */
export const reasonOf = (code: ErrorCode): FailureReason => failureReason(codeName(ErrorCode, code));

/** What a reason comes down to. */
export function failureKind(reason: FailureReason): FailureKind {
  switch (reason) {
    case 'LIMIT_EXCEEDED':
      return 'too-long';
    case 'FORBIDDEN':
      return 'forbidden';
    case 'NOT_FOUND':
      return 'not-found';
    case 'NOT_ACCEPTED':
      return 'not-accepted';
    case 'MUTED':
      return 'muted';
    case 'TOO_LATE':
      return 'too-late';
    case 'no-answer':
    case 'DEADLINE_EXCEEDED':
      return 'no-answer';
    case 'UNAVAILABLE':
    case 'OVERLOADED':
    case 'RATE_LIMITED':
    case 'INTERNAL':
      return 'busy';
    case 'MALFORMED':
    case 'UNKNOWN_COMMAND':
    case 'OUT_OF_TURN':
    case 'INVALID_ARGUMENT':
    case 'UNSUPPORTED_VERSION':
    case 'UNAUTHENTICATED':
    case 'unknown':
      return 'other';
  }
}
