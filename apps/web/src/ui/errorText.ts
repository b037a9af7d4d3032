import { SdkError, type SdkErrorCode } from '@hongyan/sdk';

/** The key of the text that tells a person about an error. */
export function errorKey(error: unknown): `error.${SdkErrorCode | 'unknown'}` {
  return error instanceof SdkError ? `error.${error.code}` : 'error.unknown';
}
