import type { VirtualizerHandle } from 'virtua/vue';
import { nextTick, onMounted, onScopeDispose, type Ref, readonly, ref, watch } from 'vue';
import type { Row } from './rows.ts';

/** Nearer to the end than this counts as being there. */
const END_PX = 64;
/** Older messages are fetched before the person reaches the start of what is loaded. */
const PREFETCH_PX = 1600;
/** So long after the last movement the list stands still: the day at the top goes away. */
const MOVING_MS = 1200;

/** What a person moves a list with: the bar is under the pointer, too. */
const STEERING = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const;

/** A row that is on its way to a place in view, whatever comes above it. The person who moves the list ends that. */
interface Aim {
  key: string;
  options: NonNullable<Parameters<VirtualizerHandle['scrollToIndex']>[1]>;
}

/**
 * Follows where a list is scrolled to, keeps it at its end while the person is there, and brings rows into view. `endLoaded`:
 * whether the last row is the newest.
 */
export function useScroll(
  list: Readonly<Ref<VirtualizerHandle | null>>,
  scroller: Readonly<Ref<HTMLElement | null>>,
  rows: () => readonly Row[],
  endLoaded: () => boolean,
) {
  const atEnd = ref(true);
  // The list also moves because rows came or were measured, and that leads nobody away from its end.
  let steered = false;
  let aim: Aim | undefined;
  const steer = () => {
    steered = true;
    aim = undefined;
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
    aim = undefined;
    list.value?.scrollToIndex(rows().length - 1, { align: 'end' });
  }

  function hold(row: Row | undefined, options: Aim['options']): void {
    if (row === undefined) return;
    atEnd.value = false;
    steered = false;
    aim = { key: row.key, options };
    pursue();
  }

  // The list scrolls for as long as rows near its goal are measured, and knows the goal by its index alone: rows that come
  // above in the meantime would make another row of it.
  function pursue(): void {
    const index = rows().findIndex(({ key }) => key === aim?.key);
    if (index >= 0) list.value?.scrollToIndex(index, aim?.options);
  }
  onMounted(() => watch(rows, pursue, { flush: 'post' }));

  return {
    atEnd: readonly(atEnd),
    /** The row under the upper edge. */
    topIndex: readonly(topIndex),
    /** Whether the person is on the way through the list, away from its end. */
    moving: readonly(moving),
    /** Whether the person has moved the list since it was last sent to a place. */
    isSteered: () => steered,
    toEnd,
    toTop: (row: Row | undefined) => hold(row, { align: 'start', offset: -48 }),
    toMiddle: (row: Row | undefined) => hold(row, { align: 'center' }),
    onScroll(offset: number): void {
      const handle = list.value;
      if (handle === null) return;
      const belowPx = handle.scrollSize - handle.viewportSize - offset;
      if (steered || aim !== undefined || !atEnd.value) atEnd.value = belowPx < END_PX;
      else if (belowPx > 1) toEnd();
      topIndex.value = handle.findItemIndex(offset + 32);
      moving.value = !atEnd.value;
      clearTimeout(still);
      still = setTimeout(() => {
        moving.value = false;
        aim = undefined;
      }, MOVING_MS);
    },
    /** Rows were measured or the window changed its height. */
    async keepPlace(): Promise<void> {
      await nextTick();
      if (aim !== undefined) pursue();
      else if (atEnd.value && endLoaded()) toEnd();
    },
    /** A new message came: whoever is at the end sees it. */
    async keepEnd(): Promise<void> {
      if (!atEnd.value || !endLoaded()) return;
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
