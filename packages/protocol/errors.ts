import type { CloseCode, ErrorCode } from './gen/hongyan.ts';

/** A refused command, on both sides of the wire. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  readonly code: ErrorCode;
  /** Not before this many milliseconds; 0 when there is no advice. */
  readonly retryAfterMs: number;

  constructor(code: ErrorCode, message: string, retryAfterMs = 0) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

export type ErrorClass = 'wrong' | 'refused' | 'later';

/** What the range of a code asks of the client (spec/hongyan/v1/error.proto). */
export function errorClass(code: ErrorCode | number): ErrorClass {
  if (code >= 300) return 'later';
  return code >= 200 ? 'refused' : 'wrong';
}

export type CloseAdvice = 'reconnect' | 'wait' | 'sign-in' | 'stop';

/** WebSocket's own code for a message that is too big: sending it again cannot help. */
const WEBSOCKET_MESSAGE_TOO_BIG = 1009;

/** What the range of a close code asks of the client. Codes outside ours (1006 and friends) mean: come back. */
export function closeAdvice(code: CloseCode | number): CloseAdvice {
  if (code === WEBSOCKET_MESSAGE_TOO_BIG) return 'stop';
  if (code >= 4300 && code < 4400) return 'stop';
  if (code >= 4200 && code < 4300) return 'sign-in';
  if (code >= 4100 && code < 4200) return 'wait';
  return 'reconnect';
}

/** The symbolic name of an error or close code, for logs and messages. */
export function codeName(table: Record<string, number>, code: number): string {
  return Object.entries(table).find(([, value]) => value === code)?.[0] ?? String(code);
}
