import type { VirtualizerHandle } from 'virtua/vue';
import { nextTick, onMounted, onScopeDispose, type Ref, readonly, ref } from 'vue';

/** Nearer to the end than this counts as being there. */
const END_PX = 64;
/** Older messages are fetched before the person reaches the start of what is loaded. */
const PREFETCH_PX = 1600;
/** How long the day at the top stays after the last movement. */
const MOVING_MS = 1200;

/** What a person moves a list with: the bar is under the pointer, too. */
const STEERING = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/** Follows where a list is scrolled to, and keeps it at its end while the person is there. */
export function useScroll(
  list: Readonly<Ref<VirtualizerHandle | null>>,
  scroller: Readonly<Ref<HTMLElement | null>>,
  rowCount: () => number,
) {
  const atEnd = ref(true);
  // The list also moves because rows came or were measured, and that leads nobody away from its end.
  let steered = false;
  const steer = () => {
    steered = true;
  };
  onMounted(() => {
    for (const type of STEERING) scroller.value?.addEventListener(type, steer, { passive: true });
  });
  const topIndex = ref(0);
  const moving = ref(false);
  let still: ReturnType<typeof setTimeout> | undefined;
  onScopeDispose(() => clearTimeout(still));

  function toEnd(): void {
    atEnd.value = true;
    steered = false;
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
      const belowPx = handle.scrollSize - handle.viewportSize - offset;
      if (steered || !atEnd.value) atEnd.value = belowPx < END_PX;
      else if (belowPx > 1) toEnd();
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
