import { type Ref, ref, watch } from 'vue';

/** What this device does when a message comes. Kept on it: another device of the account may be in another room. */
function choice(name: string, usual: boolean): Ref<boolean> {
  const key = `hongyan.${name}`;
  const stored = localStorage.getItem(key);
  const value = ref(stored === null ? usual : stored === 'on');
  watch(value, (next) => localStorage.setItem(key, next ? 'on' : 'off'));
  return value;
}

export const notificationsOn = choice('notifications', false);
export const soundsOn = choice('sounds', true);
/** Whether a notification says what was written. */
export const previewsOn = choice('previews', true);
/** Whether notifications were offered and put off. */
export const offerDismissed = choice('notifications-offered', false);

/** Only over HTTPS, and on localhost. */
export const canNotify = 'Notification' in globalThis && isSecureContext;
export const permission = ref<NotificationPermission>(canNotify ? Notification.permission : 'denied');

/** Because somebody asked for it: browsers put the question to the person. */
export async function switchNotifications(on: boolean): Promise<void> {
  offerDismissed.value = true;
  if (on && permission.value === 'default') permission.value = await Notification.requestPermission();
  notificationsOn.value = on && permission.value === 'granted';
}
