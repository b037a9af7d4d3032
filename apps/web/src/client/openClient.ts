import { type Client, createClient, IndexedDbStore } from '@hongyan/sdk';
import { searchMessages } from '@hongyan/sdk/search';

/** The client of the server this page came from, with a store of its own in the browser. */
export function openClient(): Client {
  const store = new IndexedDbStore();
  return createClient({ server: location.origin, store, clientName: 'hongyan-web', search: searchMessages });
}
