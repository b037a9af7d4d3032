import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import type { OpenTimeline } from '../client/useTimeline.ts';
import { buildRows, grewAtStart, type Row } from './rows.ts';
import { arrivedAfter, firstUnread } from './unread.ts';

/** More than this is not fetched only to find where the unread messages begin. */
export const UNREAD_FETCHED_MAX = 500;

/** The rows of a timeline, and where its unread ones begin. `looking`: whether what arrives is seen at once. */
export function useRows(timeline: OpenTimeline, looking: Readonly<Ref<boolean>>) {
  const firstUnreadId = ref<string>();
  const view = shallowRef<{ rows: Row[]; shift: boolean }>({ rows: [], shift: false });
  let lastId = timeline.messages.value.at(-1)?.id;
  let loggedId: string | undefined;

  function placeDivider(): void {
    const messages = timeline.messages.value;
    const last = messages.at(-1);
    if (last?.mine && last.id !== lastId) firstUnreadId.value = undefined;
    lastId = last?.id;

    // What has not been sent yet stays at the end, so that what arrives comes before it.
    const logged = messages.findLast(({ seq }) => seq !== undefined);
    if (logged === undefined || logged.id === loggedId) return;
    const arrived = loggedId === undefined ? [] : arrivedAfter(messages, loggedId);
    loggedId = logged.id;
    if (!looking.value) firstUnreadId.value ??= arrived[0]?.id;
  }

  function rebuild(): void {
    placeDivider();
    const rows = buildRows(timeline.messages.value, firstUnreadId.value, timeline.hasOlder.value);
    view.value = { rows, shift: grewAtStart(view.value.rows, rows) };
  }
  watch([timeline.messages, timeline.hasOlder, firstUnreadId], rebuild, { immediate: true });

  /** Reaches back to the first of `unreadCount` unread messages and marks the place. */
  async function findUnread(unreadCount: number): Promise<void> {
    let found = firstUnread(timeline.messages.value, unreadCount);
    if (found.kind === 'above' && timeline.hasOlder.value) {
      await timeline.loadOlder(Math.min(found.missing * 2, UNREAD_FETCHED_MAX));
      found = firstUnread(timeline.messages.value, unreadCount);
    }
    if (found.kind === 'found') firstUnreadId.value = found.id;
  }

  return {
    rows: computed(() => view.value.rows),
    /** Whether the last change added rows at the start only. */
    shift: computed(() => view.value.shift),
    findUnread,
    /** The first message of that moment or later, or the day above it. */
    rowAt(timeMs: number): Row | undefined {
      const at = view.value.rows.findIndex((row) => 'message' in row && row.message.timeMs >= timeMs);
      const above = view.value.rows[at - 1];
      return above?.kind === 'day' ? above : view.value.rows[at];
    },
    /** What others said in this timeline so far is unread. */
    markUnread(): void {
      firstUnreadId.value = arrivedAfter(timeline.messages.value, undefined)[0]?.id;
    },
    /** Undefined when that message is not shown. */
    rowOf: (seq: number) => view.value.rows.find((row) => 'message' in row && row.message.seq === seq),
    forgetUnread() {
      firstUnreadId.value = undefined;
    },
  };
}
