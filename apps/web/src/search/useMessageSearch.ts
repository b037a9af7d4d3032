import type { SearchHit, SearchPlace, SearchQuery } from '@hongyan/sdk/search';
import { onScopeDispose, shallowRef, watch } from 'vue';
import { useClient } from '../client/useClient.ts';
import { errorKey } from '../ui/errorText.ts';

/** A pause in typing this long starts the search. */
const TYPING_PAUSE_MS = 220;

export type MessageSearch =
  /** Nothing is asked. */
  | { status: 'idle' }
  /** With what the question before found, so that the list does not flicker. */
  | { status: 'searching'; hits: readonly SearchHit[] }
  | {
      status: 'found';
      hits: readonly SearchHit[];
      next: SearchPlace | undefined;
      complete: boolean;
      more: 'idle' | 'loading' | 'failed';
    }
  | { status: 'failed'; reason: ReturnType<typeof errorKey> };

/** Looks for messages while somebody types; an answer to an older question is dropped. */
export function useMessageSearch(query: () => SearchQuery | undefined) {
  const { sdk, connection } = useClient();
  const state = shallowRef<MessageSearch>({ status: 'idle' });
  let question = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function search(): Promise<void> {
    const asked = ++question;
    const wanted = query();
    if (wanted === undefined) return;
    try {
      const page = await sdk.search(wanted);
      if (asked === question) state.value = { status: 'found', ...page, more: 'idle' };
    } catch (error) {
      if (asked === question) state.value = { status: 'failed', reason: errorKey(error) };
    }
  }

  /** Begins anew with a question that was asked already, whose answer stays until then. */
  function again(): void {
    if (state.value.status === 'failed') state.value = { status: 'searching', hits: [] };
    void search();
  }

  async function loadMore(): Promise<void> {
    const { value: shown } = state;
    const wanted = query();
    if (shown.status !== 'found' || shown.next === undefined || shown.more === 'loading' || wanted === undefined)
      return;
    const asked = question;
    state.value = { ...shown, more: 'loading' };
    try {
      const page = await sdk.search({ ...wanted, after: shown.next });
      if (asked !== question) return;
      state.value = { status: 'found', ...page, hits: [...shown.hits, ...page.hits], more: 'idle' };
    } catch {
      if (asked === question) state.value = { ...shown, more: 'failed' };
    }
  }

  watch(
    () => JSON.stringify(query()),
    (wanted) => {
      question++;
      clearTimeout(timer);
      if (wanted === undefined) {
        state.value = { status: 'idle' };
        return;
      }
      state.value = { status: 'searching', hits: 'hits' in state.value ? state.value.hits : [] };
      timer = setTimeout(search, TYPING_PAUSE_MS);
    },
    { immediate: true },
  );
  watch(connection, ({ status }) => {
    const { value: shown } = state;
    const isPartial = shown.status === 'failed' || (shown.status === 'found' && !shown.complete);
    if (status === 'online' && isPartial) again();
  });
  onScopeDispose(() => {
    question++;
    clearTimeout(timer);
  });

  return { state, again, loadMore };
}
