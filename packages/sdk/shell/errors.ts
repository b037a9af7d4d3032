import { SdkError } from '../types.ts';

/** Whatever else is thrown comes from the store, which may be anybody's; `what` then says what it could not do. */
export function asSdkError(error: unknown, what = 'the store of this device failed'): SdkError {
  return error instanceof SdkError ? error : new SdkError('store', what, { cause: error });
}

/** For `catch`: rejects with SdkError instead. */
export function asRejection(error: unknown): never {
  throw asSdkError(error);
}
