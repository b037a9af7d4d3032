import { computed, watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { useClient } from '../client/useClient.ts';
import { showBadge } from './badge.ts';

/**
 * The tab's title and icon tell how many messages wait, without those of muted conversations; a conversation that is only
 * marked as unread counts as one.
 */
export function useUnreadTitle(): void {
  const { conversations, me, sdk } = useClient();
  const { t } = useI18n();
  const unread = computed(() => {
    if (me.value === undefined) return 0;
    const marked = conversations.value.filter(({ unreadCount, markedUnread }) => markedUnread && unreadCount === 0);
    return sdk.unread.messages + marked.length;
  });
  watchEffect(() => {
    document.title = unread.value > 0 ? `(${unread.value}) ${t('app.name')}` : t('app.name');
    showBadge(unread.value);
  });
}
