export type AuthErrorCode = 'handle-taken' | 'invalid-credentials' | 'invalid-refresh-token' | 'overloaded';

/** Why somebody was not let in. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: AuthErrorCode;

  constructor(code: AuthErrorCode) {
    super(code);
    this.code = code;
  }
}
