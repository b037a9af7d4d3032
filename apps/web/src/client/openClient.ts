import { type Client, createClient, IndexedDbStore } from '@hongyan/sdk';
import { liveQuestions } from '@hongyan/sdk/live-questions';
import { longPolling } from '@hongyan/sdk/long-polling';
import { presence } from '@hongyan/sdk/presence';
import { searchMessages } from '@hongyan/sdk/search';

/** The client of the server this page came from, with a store of its own in the browser. */
export function openClient(): Client {
  const store = new IndexedDbStore();
  const features = { fallback: longPolling, liveQuestions, presence, search: searchMessages };
  return createClient({ server: location.origin, store, clientName: 'hongyan-web', ...features });
}
