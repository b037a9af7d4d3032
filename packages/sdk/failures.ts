/** Why a message failed, as far as a person can do something about it. */
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

/** What the `reason` of a failed message comes down to: the name of the server's error code, or `no-answer`. */
export function failureKind(reason: string): FailureKind {
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
    default:
      return 'other';
  }
}
