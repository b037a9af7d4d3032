import { type Ref, watch } from 'vue';
import { useAttention } from '../client/useAttention.ts';
import type { OpenTimeline } from '../client/useTimeline.ts';

/** RCP-2: moves the read position when the person looks at the page and has the newest messages before them. */
export function useMarkRead(
  timeline: OpenTimeline,
  newestInView: () => boolean,
  unreadCount: Readonly<Ref<number>>,
): void {
  const attentive = useAttention();
  watch([attentive, newestInView, unreadCount, timeline.messages], () => {
    if (attentive.value && newestInView() && unreadCount.value > 0) timeline.markRead();
  });
}
