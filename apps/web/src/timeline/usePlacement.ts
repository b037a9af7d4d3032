import type { TimelinePlace } from '@hongyan/sdk';
import { nextTick, onMounted, type Ref, readonly, ref } from 'vue';
import type { OpenTimeline } from '../client/useTimeline.ts';
import type { useRows } from './useRows.ts';
import type { useScroll } from './useScroll.ts';

/** An opened timeline waits this long for older messages, then shows what there is. */
const DEADLINE_MS = 1000;

interface PlacementParts {
  timeline: OpenTimeline;
  rows: ReturnType<typeof useRows>;
  scroll: ReturnType<typeof useScroll>;
  unreadCount: Readonly<Ref<number>>;
  /** Where to open it; undefined: where unread ones begin. */
  at: TimelinePlace | undefined;
}

/** Opens a timeline at a message, where its unread messages begin, or at its end. True once that is done; before, nothing is shown. */
export function usePlacement({ timeline, rows, scroll, unreadCount, at }: PlacementParts): Readonly<Ref<boolean>> {
  const placed = ref(false);

  async function prepare(): Promise<void> {
    if (at !== undefined) {
      await timeline.loadNewer();
      if (at === 'first-unread') rows.markUnread();
      await timeline.loadOlder();
      return;
    }
    const unread = unreadCount.value;
    if (timeline.messages.value.length === 0) await timeline.loadOlder();
    if (unread > 0) await rows.findUnread(unread);
  }

  function place(): void {
    if (typeof at === 'object') {
      if ('seq' in at) scroll.toMiddle(rows.rowOf(at.seq) ?? rows.rows.value[0]);
      else scroll.toTop(rows.rowAt(at.date.getTime()) ?? rows.rows.value[0]);
      return;
    }
    const divider = rows.rows.value.find(({ kind }) => kind === 'unread');
    if (divider === undefined) scroll.toEnd();
    else scroll.toTop(divider);
  }

  onMounted(async () => {
    await timeline.ready.catch(() => {});
    const prepared = prepare().then(() => nextTick());
    await Promise.race([prepared, new Promise((resolve) => setTimeout(resolve, DEADLINE_MS))]);
    await nextTick();
    place();
    placed.value = true;
    await prepared;
    // What came late is still gone to, unless the person has begun to look around.
    if (!scroll.isSteered()) place();
  });

  return readonly(placed);
}
