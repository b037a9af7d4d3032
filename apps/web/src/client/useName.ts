import { useI18n } from 'vue-i18n';
import { isNotes, peerOf } from './conversationIds.ts';
import { useClient } from './useClient.ts';

/** What a conversation or somebody is called on screen. */
export function useName() {
  const { me, person, contact, conversations } = useClient();
  const { t } = useI18n();

  const personName = (userId: string): string => {
    const isMe = userId === me.value?.userId;
    const remark = isMe ? '' : contact(userId).remark;
    if (remark !== '') return remark;
    const known = isMe ? me.value : person(userId);
    return known === undefined ? t('people.unknown') : known.displayName || known.handle;
  };
  const conversationName = (id: string): string => {
    if (isNotes(id)) return t('conversations.notes');
    const peerId = peerOf(id, me.value?.userId ?? '');
    if (peerId !== undefined) return personName(peerId);
    return conversations.value.find((conversation) => conversation.id === id)?.name ?? '';
  };

  return { personName, conversationName };
}
