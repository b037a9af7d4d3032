import { type ComputedRef, computed, onScopeDispose } from 'vue';
import { useI18n } from 'vue-i18n';
import { isGroup, isNotes } from '../client/conversationIds.ts';
import { useClient } from '../client/useClient.ts';
import { useName } from '../client/useName.ts';

/** So many are named, more are counted. */
const NAMES_MAX = 2;

/** Who writes in a conversation, as a line; empty: nobody. Asked for as long as the component lives. */
export function useTypingLine(conversationId: string): ComputedRef<string> {
  const { sdk, typists } = useClient();
  const { personName } = useName();
  const { t } = useI18n();
  if (!isNotes(conversationId)) onScopeDispose(sdk.watch({ conversations: [conversationId] }));

  return computed(() => {
    const who = typists(conversationId);
    const first = who[0];
    if (first === undefined) return '';
    if (!isGroup(conversationId)) return t(first.kind === 'typing' ? 'presence.typing' : 'presence.recording');
    if (who.length > NAMES_MAX) return t('presence.typingMany', { n: who.length });
    const names = who.map(({ userId }) => personName(userId)).join(t('presence.and'));
    if (first.kind === 'recording' && who.length === 1) return t('presence.recordingOne', { name: names });
    return t('presence.typingNamed', { name: names }, who.length);
  });
}
