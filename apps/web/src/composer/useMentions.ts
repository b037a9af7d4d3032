import { ConversationKind, type Member, Role } from '@hongyan/sdk';
import { computed, type Ref, ref, shallowRef, watch } from 'vue';
import { useClient } from '../client/useClient.ts';
import { useConversation } from '../client/useConversation.ts';
import { type MentionQuery, mentionQuery } from './mentionQuery.ts';

const SHOWN_MAX = 8;
const TYPING_PAUSE_MS = 100;

/** Completes `@` to a member of the group: what is offered for what stands before the cursor. */
export function useMentions(conversationId: string, text: Readonly<Ref<string>>, cursor: Readonly<Ref<number>>) {
  const { sdk, me } = useClient();
  const conversation = useConversation(() => conversationId);
  const members = shallowRef<readonly Member[]>([]);
  const chosen = ref(0);
  /** The place where somebody wanted no completion. */
  const dismissedAt = ref<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const query = computed<MentionQuery | undefined>(() => {
    if (conversation.value?.kind !== ConversationKind.GROUP) return undefined;
    const found = mentionQuery(text.value, cursor.value);
    return found?.start === dismissedAt.value ? undefined : found;
  });
  const mayMentionAll = computed(() => {
    const { role, policy } = conversation.value ?? {};
    return role === Role.OWNER || role === Role.ADMIN || policy?.membersMentionAll === true;
  });
  const offers = computed(() => {
    if (query.value === undefined) return [];
    const ids = members.value.map(({ userId }) => userId).filter((id) => id !== me.value?.userId);
    return mayMentionAll.value && query.value.name === '' ? ['all', ...ids] : ids;
  });

  async function search(name: string): Promise<void> {
    const found = await sdk.members(conversationId, { query: name, limit: SHOWN_MAX }).catch(() => undefined);
    if (query.value?.name === name) members.value = found?.members ?? [];
  }
  watch(
    () => query.value?.name,
    (name) => {
      clearTimeout(timer);
      chosen.value = 0;
      if (name === undefined) {
        members.value = [];
        if (!text.value.includes('@')) dismissedAt.value = undefined;
      } else timer = setTimeout(() => search(name), TYPING_PAUSE_MS);
    },
  );

  function move(step: 1 | -1): void {
    chosen.value = (chosen.value + step + offers.value.length) % offers.value.length;
  }

  function dismiss(): void {
    dismissedAt.value = query.value?.start;
  }

  return { query, offers, chosen, move, dismiss };
}
