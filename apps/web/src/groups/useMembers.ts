import type { Member } from '@hongyan/sdk';
import { onScopeDispose, ref, shallowRef, watch } from 'vue';
import { useClient } from '../client/useClient.ts';
import { useConversation } from '../client/useConversation.ts';

const PAGE_MEMBERS = 50;
const TYPING_PAUSE_MS = 150;

export type MembersState = 'loading' | 'shown' | 'failed';

/** The members of a group, page by page, as far as they match what is searched; anew when one comes, goes or changes. */
export function useMembers(conversationId: string, query: () => string) {
  const { sdk } = useClient();
  const conversation = useConversation(() => conversationId);
  const members = shallowRef<readonly Member[]>([]);
  const next = ref<string>();
  const state = ref<MembersState>('loading');
  let question = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(after?: string): Promise<void> {
    const asked = ++question;
    state.value = 'loading';
    try {
      const page = await sdk.members(conversationId, {
        limit: PAGE_MEMBERS,
        query: query().trim(),
        ...(after !== undefined && { after }),
      });
      if (asked !== question) return;
      members.value = after === undefined ? page.members : [...members.value, ...page.members];
      next.value = page.next;
      state.value = 'shown';
    } catch {
      if (asked === question) state.value = 'failed';
    }
  }

  const lastChange = () => {
    const { lastMessage, memberCount } = conversation.value ?? {};
    return `${memberCount} ${lastMessage?.content.kind === 'change' ? `${lastMessage.id} ${lastMessage.seq}` : ''}`;
  };
  watch(
    [query, lastChange],
    () => {
      clearTimeout(timer);
      timer = setTimeout(() => load(), TYPING_PAUSE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));

  return {
    members,
    state,
    hasMore: () => next.value !== undefined,
    loadMore: () => load(next.value),
    reload: () => load(),
  };
}
