import type { Conversation } from '@hongyan/sdk';
import { type ComputedRef, computed } from 'vue';
import { useClient } from './useClient.ts';

/** A conversation as it is now; undefined while nothing was ever said in it. */
export function useConversation(id: () => string): ComputedRef<Conversation | undefined> {
  const { conversations } = useClient();
  return computed(() => conversations.value.find((conversation) => conversation.id === id()));
}
