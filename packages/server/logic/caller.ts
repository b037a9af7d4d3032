import type { Identity } from '@hongyan/core';

/** Who asks, and through which session. */
export interface Caller extends Identity {
  readonly sessionId: string;
}
