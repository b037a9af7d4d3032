import { type Error, ProtocolError } from '@hongyan/protocol';

/** What a node with logic said of a request that failed. */
export const failure = ({ code, message, retryAfterMs }: Error): ProtocolError =>
  new ProtocolError(code, message, retryAfterMs);
