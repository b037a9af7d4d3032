import { ErrorCode, ProtocolError } from '@hongyan/protocol';

export const forbidden = (what: string) => new ProtocolError(ErrorCode.FORBIDDEN, `not allowed to ${what}`);
export const invalid = (what: string) => new ProtocolError(ErrorCode.INVALID_ARGUMENT, what);
export const tooMuch = (what: string) => new ProtocolError(ErrorCode.LIMIT_EXCEEDED, what);
export const notFound = (what: string) => new ProtocolError(ErrorCode.NOT_FOUND, what);
