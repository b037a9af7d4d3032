import { computed, watchEffect } from 'vue';
import { useI18n } from 'vue-i18n';
import { useClient } from './useClient.ts';

/** The tab's title tells how many messages wait; a conversation that is only marked as unread counts as one. */
export function useUnreadTitle(): void {
  const { conversations } = useClient();
  const { t } = useI18n();
  const unread = computed(() =>
    conversations.value.reduce(
      (sum, { unreadCount, markedUnread }) => sum + Math.max(unreadCount, markedUnread ? 1 : 0),
      0,
    ),
  );
  watchEffect(() => {
    document.title = unread.value > 0 ? `(${unread.value}) ${t('app.name')}` : t('app.name');
  });
}
