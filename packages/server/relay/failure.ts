import { ProtocolError, type Reply } from '@hongyan/protocol';

type Refused = Extract<NonNullable<Reply['body']>, { case: 'error' }>['value'];

/** What a node with logic said of a request that failed. */
export const failure = ({ code, message, retryAfterMs }: Refused): ProtocolError =>
  new ProtocolError(code, message, retryAfterMs);
