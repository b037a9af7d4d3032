import { type Ref, watch } from 'vue';
import { useAttention } from '../client/useAttention.ts';
import type { OpenTimeline } from '../client/useTimeline.ts';

/**
 * RCP-2: moves the read position when the person looks at the page and has the newest messages before them. Whoever comes
 * to a conversation that was marked as unread has come back to it (REC-9).
 */
export function useMarkRead(
  timeline: OpenTimeline,
  newestInView: () => boolean,
  { unreadCount, markedUnread }: { unreadCount: Readonly<Ref<number>>; markedUnread: Readonly<Ref<boolean>> },
): void {
  const attentive = useAttention();
  let cameBack = false;
  const come = () => {
    cameBack = attentive.value && markedUnread.value;
  };
  watch(attentive, come, { immediate: true });
  watch([attentive, newestInView, unreadCount, timeline.messages], () => {
    if (!attentive.value || !newestInView() || (unreadCount.value === 0 && !cameBack)) return;
    cameBack = false;
    timeline.markRead();
  });
}
