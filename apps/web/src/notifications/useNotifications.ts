import type { Message } from '@hongyan/sdk';
import { onScopeDispose, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { isGroup } from '../client/conversationIds.ts';
import { useAttention } from '../client/useAttention.ts';
import { useClient } from '../client/useClient.ts';
import { useName } from '../client/useName.ts';
import { useNavigation } from '../client/useNavigation.ts';
import { useOwnPresence } from '../presence/useOwnPresence.ts';
import { useContentLine } from '../timeline/contentLine.ts';
import { chime, prepareChime } from './chime.ts';
import { canNotify, notificationsOn, previewsOn, soundsOn } from './choices.ts';
import { alertFor } from './decide.ts';
import { isQuiet, QUIET_HOURS_SETTING, quietHoursIn } from './quietHours.ts';
import { standForSoleTab } from './soleTab.ts';

/** What is read on another device or in another tab within this time is no news here. */
const GRACE_MS = 700;
/** One for each conversation; the oldest goes where there would be more. */
const SHOWN_MAX = 20;

prepareChime();
const isSoleTab = standForSoleTab();

/** Tells of what arrives: a sound, a notification of the browser. As long as the component lives. */
export function useNotifications(): void {
  const { sdk, conversations, connection, setting } = useClient();
  const { openId, open } = useNavigation();
  const { conversationName, personName } = useName();
  const { messageLine } = useContentLine();
  const { chosen } = useOwnPresence();
  const { t } = useI18n();
  const attentive = useAttention();
  const shown = new Map<string, Notification>();
  const timers = new Set<ReturnType<typeof setTimeout>>();

  const conversationOf = (id: string) => conversations.value.find((conversation) => conversation.id === id);

  function alertNow(message: Message): ReturnType<typeof alertFor> {
    const now = new Date();
    const quiet = isQuiet(quietHoursIn(setting(QUIET_HOURS_SETTING)), now);
    return alertFor(message, conversationOf(message.conversationId), {
      nowMs: now.getTime(),
      isQuiet: quiet || chosen.value.choice === 'do-not-disturb',
      isLooking: attentive.value,
      openId: openId.value,
    });
  }

  function arrived(message: Message): void {
    if (message.mine || connection.value.status !== 'online') return;
    // One that is new on this device is known in a moment.
    if (conversationOf(message.conversationId) !== undefined && alertNow(message) === 'none') return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      // By now it may have been read elsewhere, or the person may look.
      const isUnread = (conversationOf(message.conversationId)?.unreadCount ?? 0) > 0;
      const alert = isUnread && isSoleTab() ? alertNow(message) : 'none';
      if (alert === 'none') return;
      if (soundsOn.value) chime();
      if (alert === 'notification') show(message);
    }, GRACE_MS);
    timers.add(timer);
  }

  function textOf(message: Message): string {
    if (!previewsOn.value) return t('notifications.hidden');
    const text = messageLine(message);
    return isGroup(message.conversationId)
      ? t('timeline.announce', { name: personName(message.senderId), text })
      : text;
  }

  function show(message: Message): void {
    if (!canNotify || !notificationsOn.value || Notification.permission !== 'granted') return;
    const { conversationId } = message;
    const notification = new Notification(conversationName(conversationId), {
      body: textOf(message),
      tag: conversationId,
      icon: '/favicon.svg',
      // The page has a sound of its own.
      silent: true,
    });
    notification.onclick = () => {
      window.focus();
      open(conversationId);
      close(conversationId);
    };
    shown.delete(conversationId);
    shown.set(conversationId, notification);
    const [oldest] = shown.keys();
    if (shown.size > SHOWN_MAX && oldest !== undefined) close(oldest);
  }

  function close(conversationId: string): void {
    shown.get(conversationId)?.close();
    shown.delete(conversationId);
  }

  // What is read, wherever, is told of no longer.
  watch(conversations, (list) => {
    const unread = new Set(list.filter(({ unreadCount }) => unreadCount > 0).map(({ id }) => id));
    for (const id of shown.keys()) if (!unread.has(id)) close(id);
  });
  onScopeDispose(sdk.on('message', arrived));
  onScopeDispose(() => {
    for (const timer of timers) clearTimeout(timer);
    for (const id of [...shown.keys()]) close(id);
  });
}
