import { type Client, createClient, IndexedDbStore } from '@hongyan/sdk';

/** The client of the server this page came from, with a store of its own in the browser. */
export function openClient(): Client {
  return createClient({ server: location.origin, store: new IndexedDbStore(), clientName: 'hongyan-web' });
}
