import type { Person } from '@hongyan/sdk';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { useClient } from '../client/useClient.ts';
import { errorKey } from '../ui/errorText.ts';

/** A pause in typing this long starts the search. */
const TYPING_PAUSE_MS = 180;

export type SearchState =
  | { status: 'searching'; found: readonly Person[] }
  | { status: 'found'; found: readonly Person[] }
  | { status: 'failed'; reason: ReturnType<typeof errorKey> };

/** Asks the server for people while somebody types; an answer to an older question is dropped. */
export function usePeopleSearch(query: () => string) {
  const { sdk } = useClient();
  const state = shallowRef<SearchState>({ status: 'searching', found: [] });
  let question = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function search(): Promise<void> {
    const asked = ++question;
    try {
      const found = await sdk.findPeople(query().trim());
      if (asked === question) state.value = { status: 'found', found };
    } catch (error) {
      if (asked === question) state.value = { status: 'failed', reason: errorKey(error) };
    }
  }

  watch(
    query,
    () => {
      question++;
      clearTimeout(timer);
      state.value = { status: 'searching', found: state.value.status === 'failed' ? [] : state.value.found };
      timer = setTimeout(search, TYPING_PAUSE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));

  return { state, retry: search };
}
