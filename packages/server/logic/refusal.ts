import { type Logger, StoreError } from '@hongyan/core';
import { ErrorCode, ProtocolError } from '@hongyan/protocol';

const STORE_RETRY_AFTER_MS = 1_000;

/** What a client is told of an error, whatever was thrown. */
export function refusal(error: unknown, logger: Logger): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (error instanceof StoreError && error.kind === 'unavailable') {
    return new ProtocolError(ErrorCode.UNAVAILABLE, 'the store is not available', STORE_RETRY_AFTER_MS);
  }
  logger.error({ error }, 'a command failed unexpectedly');
  return new ProtocolError(ErrorCode.INTERNAL, 'the server failed', STORE_RETRY_AFTER_MS);
}
