import type { DeviceEnd } from '@hongyan/core/ports';

export type AuthErrorCode =
  | 'handle-taken'
  | 'invalid-credentials'
  | 'invalid-refresh-token'
  | 'idempotency-key-used'
  | 'overloaded';

/** Why somebody was not let in. */
export class AuthError extends Error {
  override readonly name = 'AuthError';
  readonly code: AuthErrorCode;
  /** Why the device is signed in no more, for whoever has its token. */
  readonly ended: DeviceEnd | undefined;

  constructor(code: AuthErrorCode, ended?: DeviceEnd) {
    super(code);
    this.code = code;
    this.ended = ended;
  }
}
