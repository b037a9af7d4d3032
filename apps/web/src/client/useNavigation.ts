import { readonly, ref } from 'vue';

// The open conversation lives in the hash, so that reload keeps it and the browser's back leads to the list.
const prefix = '#/c/';
const fromHash = () =>
  location.hash.startsWith(prefix) ? decodeURIComponent(location.hash.slice(prefix.length)) : undefined;

const openId = ref(fromHash());
addEventListener('popstate', () => {
  openId.value = fromHash();
});

function open(conversationId: string): void {
  if (openId.value === conversationId) return;
  const url = prefix + encodeURIComponent(conversationId);
  // The list is one step behind, however many conversations are opened one after the other.
  if (openId.value === undefined) history.pushState({ fromList: true }, '', url);
  else history.replaceState(history.state, '', url);
  openId.value = conversationId;
}

function close(): void {
  if (openId.value === undefined) return;
  if (history.state?.fromList === true) {
    history.back();
  } else {
    history.replaceState(null, '', location.pathname);
    openId.value = undefined;
  }
}

/** Which conversation is open; undefined shows the list. */
export function useNavigation() {
  return { openId: readonly(openId), open, close };
}
