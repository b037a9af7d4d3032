import { SdkError } from '../types.ts';
import { checkedQuery } from './checked-query.ts';
import { searchDevice } from './search-device.ts';
import { searchServer } from './search-server.ts';
import type { SearchFeature, SearchPage } from './types.ts';

const NOTHING: SearchPage = { hits: [], next: undefined, complete: true };

/**
 * Full-text search for `createClient({ search: searchMessages, … })`. It asks the server, and looks through what the device
 * holds where that is not reached or has no time.
 */
export const searchMessages: SearchFeature = (parts) => async (asked) => {
  const query = checkedQuery(asked);
  const me = parts.me();
  const [only] = query.conversationIds;
  // The server refuses to look where nothing was ever said.
  if (only !== undefined && parts.engine.position(only) === undefined) return NOTHING;
  if (query.after?.from === 'device') return searchDevice(parts, me, query);
  try {
    return await searchServer(parts, me, query);
  } catch (error) {
    if (query.after !== undefined || !isUnreached(error)) throw error;
    return searchDevice(parts, me, query);
  }
};

const isUnreached = (error: unknown): boolean =>
  error instanceof SdkError && (error.code === 'network' || error.code === 'server');
