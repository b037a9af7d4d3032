import { ErrorCode } from '@hongyan/protocol';

/** Every way a call can fail. The code is the contract; the title is for people who write clients. */
export const problems = {
  'invalid-input': { status: 400, title: 'The request is not what this call takes.' },
  unauthenticated: { status: 401, title: 'The access token or API key is missing, forged, expired or revoked.' },
  'invalid-credentials': { status: 401, title: 'There is no account with this handle and password.' },
  'invalid-refresh-token': { status: 401, title: 'The refresh token was used up, or its device signed out.' },
  'not-accepted': { status: 403, title: 'Somebody does not take this from the account.' },
  'not-allowed': { status: 403, title: 'The account may not do this here.' },
  muted: { status: 403, title: 'The account may not write here now.' },
  forbidden: { status: 403, title: 'The API key is not for this call.' },
  'not-found': { status: 404, title: 'There is nothing here.' },
  'link-previews-off': { status: 404, title: 'This server makes no previews of links.' },
  'handle-taken': { status: 409, title: 'Somebody has this handle already.' },
  'idempotency-key-used': { status: 409, title: 'What was made with this Idempotency-Key is in use: take another.' },
  'too-many-api-keys': { status: 409, title: 'There are as many API keys as there may be.' },
  'too-late': { status: 409, title: 'The time within which this is allowed has passed.' },
  'out-of-order': { status: 409, title: 'Requests of one connection come one after another, by their numbers.' },
  'too-large': { status: 413, title: 'The request is larger than this call takes.' },
  'unsupported-media-type': { status: 415, title: 'The body is not of the media type this call takes.' },
  'invalid-argument': { status: 422, title: 'This can never be done as it is asked.' },
  'limit-exceeded': { status: 422, title: 'This is more, or longer, than there may be.' },
  'link-preview-unavailable': { status: 422, title: 'There is no preview of this link.' },
  'rate-limited': { status: 429, title: 'Too many requests; come back later.' },
  internal: { status: 500, title: 'The server failed; whether it did what was asked is unknown.' },
  overloaded: { status: 503, title: 'The server has too much to do; come back later.' },
  unavailable: { status: 503, title: 'A part of the server is away; come back later.' },
  'deadline-exceeded': { status: 503, title: 'It took too long; whether it was done is unknown.' },
} as const;

export type ProblemCode = keyof typeof problems;

/** What logic's refusals are called here. */
export function problemOf(code: ErrorCode): ProblemCode {
  switch (code) {
    case ErrorCode.LIMIT_EXCEEDED:
      return 'limit-exceeded';
    case ErrorCode.INVALID_ARGUMENT:
      return 'invalid-argument';
    case ErrorCode.FORBIDDEN:
      return 'not-allowed';
    case ErrorCode.NOT_FOUND:
      return 'not-found';
    case ErrorCode.NOT_ACCEPTED:
      return 'not-accepted';
    case ErrorCode.MUTED:
      return 'muted';
    case ErrorCode.TOO_LATE:
      return 'too-late';
    case ErrorCode.UNAVAILABLE:
      return 'unavailable';
    case ErrorCode.OVERLOADED:
      return 'overloaded';
    case ErrorCode.RATE_LIMITED:
      return 'rate-limited';
    case ErrorCode.DEADLINE_EXCEEDED:
      return 'deadline-exceeded';
    default:
      return 'internal';
  }
}
