import type { VirtualizerHandle } from 'virtua/vue';
import { nextTick, onScopeDispose, type Ref, readonly, ref } from 'vue';

/** Nearer to the end than this counts as being there. */
const END_PX = 64;
/** Older messages are fetched before the person reaches the start of what is loaded. */
const PREFETCH_PX = 1600;
/** How long the day at the top stays after the last movement. */
const MOVING_MS = 1200;

/** Follows where a list is scrolled to, and keeps it at its end while the person is there. */
export function useScroll(list: Readonly<Ref<VirtualizerHandle | null>>, rowCount: () => number) {
  const atEnd = ref(true);
  const topIndex = ref(0);
  const moving = ref(false);
  let still: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(still));

  function toEnd(): void {
    atEnd.value = true;
    list.value?.scrollToIndex(rowCount() - 1, { align: 'end' });
  }

  return {
    atEnd: readonly(atEnd),
    /** The row under the upper edge. */
    topIndex: readonly(topIndex),
    /** Whether the person is on the way through the list, away from its end. */
    moving: readonly(moving),
    toEnd,
    toRow(index: number): void {
      atEnd.value = false;
      list.value?.scrollToIndex(index, { align: 'start', offset: -48 });
    },
    toMiddle(index: number): void {
      atEnd.value = false;
      list.value?.scrollToIndex(index, { align: 'center' });
    },
    onScroll(offset: number): void {
      const handle = list.value;
      if (handle === null) return;
      atEnd.value = handle.scrollSize - handle.viewportSize - offset < END_PX;
      topIndex.value = handle.findItemIndex(offset + 32);
      moving.value = !atEnd.value;
      clearTimeout(still);
      still = setTimeout(() => {
        moving.value = false;
      }, MOVING_MS);
    },
    /** Rows came or the window changed its height. */
    async keepEnd(): Promise<void> {
      if (!atEnd.value) return;
      await nextTick();
      toEnd();
    },
    nearEnd: () => {
      const handle = list.value;
      return handle !== null && handle.scrollSize - handle.viewportSize - handle.scrollOffset < PREFETCH_PX;
    },
    nearStart: () => (list.value?.scrollOffset ?? 0) < PREFETCH_PX,
  };
}
