import { ref, watch } from 'vue';

/** There is room for a third column. */
const isWide = () => matchMedia('(min-width: 80rem)').matches;
const KEPT = 'hongyan.details';

/**
 * Whether a group's details are shown. As a third column they stay from one conversation to the next and are kept on this
 * device; over the messages they are opened each time.
 */
export function usePanel() {
  const isOpen = ref(isWide() && localStorage.getItem(KEPT) === 'open');
  /** Opened in this conversation, by the person. */
  const isAsked = ref(false);
  watch(isOpen, (open) => {
    isAsked.value = open;
    if (!isWide()) return;
    if (open) localStorage.setItem(KEPT, 'open');
    else localStorage.removeItem(KEPT);
  });
  return { isOpen, isAsked };
}
