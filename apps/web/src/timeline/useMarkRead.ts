import { type Ref, watch } from 'vue';
import { useAttention } from '../client/useAttention.ts';
import type { OpenTimeline } from '../client/useTimeline.ts';

/**
 * RCP-2: moves the read position when the person looks at the page and has the newest messages before them. Whoever comes
 * to a conversation that was marked as unread has come back to it (REC-9). An announcement counts as no unread message, and
 * yet it is told who has read it (`announcementSeq`).
 */
export function useMarkRead(
  timeline: OpenTimeline,
  newestInView: () => boolean,
  {
    unreadCount,
    markedUnread,
    announcementSeq,
  }: {
    unreadCount: Readonly<Ref<number>>;
    markedUnread: Readonly<Ref<boolean>>;
    announcementSeq: Readonly<Ref<number>>;
  },
): void {
  const attentive = useAttention();
  let cameBack = false;
  let heardSeq = 0;
  const come = () => {
    cameBack = attentive.value && markedUnread.value;
  };
  watch(attentive, come, { immediate: true });
  watch([attentive, newestInView, unreadCount, announcementSeq, timeline.messages], () => {
    const isOwed = unreadCount.value > 0 || cameBack || announcementSeq.value > heardSeq;
    if (!attentive.value || !newestInView() || !isOwed) return;
    cameBack = false;
    heardSeq = announcementSeq.value;
    timeline.markRead();
  });
}
