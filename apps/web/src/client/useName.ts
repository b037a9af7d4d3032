import { useI18n } from 'vue-i18n';
import { useClient } from './useClient.ts';

/** What a conversation or somebody is called on screen. */
export function useName() {
  const { me, person } = useClient();
  const { t } = useI18n();

  const personName = (userId: string): string => {
    const known = userId === me.value?.userId ? me.value : person(userId);
    return known === undefined ? t('people.unknown') : known.displayName || known.handle;
  };
  const conversationName = ({ peerId }: { peerId: string | undefined }): string =>
    peerId === undefined ? t('conversations.notes') : personName(peerId);

  return { personName, conversationName };
}
